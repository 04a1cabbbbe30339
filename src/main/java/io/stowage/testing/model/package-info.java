/**
 * CDI's model of the language over reflection, as far as declarations are read from it: annotated
 * classes are read by the build's own reader, though there is no build. What that reader never asks
 * for is refused.
 */
@NullMarked
package io.stowage.testing.model;

import org.jspecify.annotations.NullMarked;
