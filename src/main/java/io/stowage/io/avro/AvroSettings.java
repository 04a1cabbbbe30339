package io.stowage.io.avro;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.io.object.ObjectIoSettings;

/** Settings of IO managers of type {@code avro}. */
@ConfigMapping
public interface AvroSettings extends ObjectIoSettings {
  /**
   * How blocks are compressed: {@code deflate}, which every reader has, {@code zstandard}, {@code
   * snappy} or {@code null}.
   */
  @WithDefault("deflate")
  String codec();

  /** How hard, for deflate 1 to 9 and zstandard 1 to 22; 0 is the codec's own choice. */
  @WithDefault("0")
  int level();
}
