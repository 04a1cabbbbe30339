package io.stowage.io.table;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.io.object.RetentionSettings;
import java.util.Optional;

/** Settings of IO managers of type {@code table}. */
@ConfigMapping
public interface TableSettings {
  /** The name of the store, {@code stowage.stores.<name>}, of type {@code postgresql}. */
  @WithDefault("default")
  String store();

  /**
   * The schema of tables whose asset names none by its metadata {@code schema}; without it the last
   * but one component of the asset's key, and else {@code public}.
   */
  Optional<String> schema();

  /**
   * The column that tells a partition's rows, for assets whose option {@code partitionColumn} names
   * none. Of several dimensions: {@code date=month,city=place}.
   */
  Optional<String> partitionColumn();

  /** What a sweep leaves of the rows of ops' runs. An asset's table keeps its last value alone. */
  RetentionSettings retention();
}
