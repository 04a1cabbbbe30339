/**
 * What managers around other managers share: {@code ForwardingInput} hands on what it was asked.
 */
@NullMarked
package io.stowage.io.wrapping;

import org.jspecify.annotations.NullMarked;
