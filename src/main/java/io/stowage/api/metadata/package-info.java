/** The values that a materialization can be described by, and their form as data. */
@NullMarked
package io.stowage.api.metadata;

import org.jspecify.annotations.NullMarked;
