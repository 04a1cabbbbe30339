package io.stowage.io.caching;

import io.stowage.api.InputContext;
import io.stowage.io.wrapping.ForwardingInput;
import java.util.LinkedHashMap;
import java.util.Map;

/** An input that keeps what was told of it: whoever gets the kept value is told the same. */
final class ToldInput extends ForwardingInput {
  private final Map<String, Object> told = new LinkedHashMap<>();

  ToldInput(InputContext inner) {
    super(inner);
  }

  @Override
  public void addInputMetadata(String label, Object value) {
    super.addInputMetadata(label, value);
    synchronized (told) {
      told.put(label, value);
    }
  }

  /** Without what the load has cost, which is not paid again. */
  Map<String, Object> ofTheValue() {
    synchronized (told) {
      var kept = new LinkedHashMap<>(told);
      kept.remove("bytes");
      kept.remove("seconds");
      return kept;
    }
  }
}
