/** The helpers for users' tests, used as a user uses them. */
@NullMarked
package io.stowage.testing;

import org.jspecify.annotations.NullMarked;
