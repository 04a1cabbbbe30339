package io.stowage.api;

/**
 * What an {@link IoManager} may be as well: it knows how the schema of a type differs from the one
 * that was stored. Asked before the asset is computed, unless its policy is {@link
 * SchemaPolicy#NONE}. Several threads may call at once.
 */
public interface SchemaGuard {
  /**
   * How the declared type of the output differs from what was stored last of its asset, in
   * whichever partition.
   *
   * @param context as {@link IoManager#handleOutput} will get it; nothing may be stored through it
   * @param last the newest materialization, whoever stored it
   * @return {@link SchemaDifference#NONE} also where the type has no schema of its own, or nothing
   *     is known of that of the materialization
   * @throws StowageException {@code UNAVAILABLE} where trying again may help; anything thrown fails
   *     the step before it computes
   */
  SchemaDifference difference(OutputContext context, Materialization last) throws Exception;
}
