package io.stowage.io.parquet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.io.object.ObjectIoSettings;

/** Settings of input managers of type {@code parquet}. */
@ConfigMapping
public interface ParquetSettings extends ObjectIoSettings {
  /**
   * How large an object may be, in bytes: it is copied to the folder for temporary files ({@code
   * java.io.tmpdir}) while it is read.
   */
  @WithDefault("8589934592")
  long maxBytes();
}
