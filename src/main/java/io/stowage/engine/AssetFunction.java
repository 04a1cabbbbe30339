package io.stowage.engine;

import org.jspecify.annotations.Nullable;

/** The way to call an author's method. May be called from several threads at once. */
@FunctionalInterface
public interface AssetFunction {
  /**
   * @param arguments in the order of the parameters
   * @return what the method returned; null for {@code void}
   * @throws Exception what the method threw
   */
  @Nullable Object call(@Nullable Object[] arguments) throws Exception;
}
