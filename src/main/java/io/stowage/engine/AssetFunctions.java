package io.stowage.engine;

/** The functions of a catalog, and the classes that its declared types name. */
public interface AssetFunctions {
  /** The function of the step. A step of the graph always has one. */
  AssetFunction function(String step);

  /** The class of that binary name, which a declared type of the catalog names. */
  Class<?> type(String name);
}
