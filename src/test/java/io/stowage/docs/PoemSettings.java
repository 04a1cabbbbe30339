package io.stowage.docs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.io.object.ObjectIoSettings;
import java.nio.charset.Charset;

// docs: all
/** Below {@code stowage.io.<key>}, with those that all managers over objects have. */
@ConfigMapping
public interface PoemSettings extends ObjectIoSettings {
  /** How characters are written. */
  @WithDefault("UTF-8")
  Charset charset();
}
// end
