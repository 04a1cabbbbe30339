package io.stowage.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.stowage.protocol.Json;
import jakarta.inject.Singleton;

/** The application's JSON is the protocol's. */
@Singleton
final class Protocol implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    Json.configure(mapper);
  }
}
