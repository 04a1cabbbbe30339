@NullMarked
package io.stowage.store;

import org.jspecify.annotations.NullMarked;
