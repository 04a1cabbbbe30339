package io.stowage.docs;

import io.smallrye.config.ConfigMapping;

// docs: all
@ConfigMapping
public interface RemoteSettings {
  String apiToken();
}
// end
