package io.stowage.faults;

import io.stowage.protocol.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A request for a run, with an idempotency key that is also a tag of it: so runs that nobody was
 * told of are known by their key.
 *
 * @param noted what the history keeps of it
 */
record Request(String key, String body, Map<String, Object> noted) {

  static Request of(String asset, Map<String, String> tags) {
    return of(asset, tags, Map.of());
  }

  static Request of(String asset, Map<String, String> tags, Map<String, Object> more) {
    String key = UUID.randomUUID().toString();
    var all = new HashMap<>(tags);
    all.put(Reading.CLIENT_KEY, key);
    var body = new HashMap<String, Object>(more);
    body.put("assets", List.of(asset));
    body.put("tags", all);
    return new Request(key, Json.text(body), Map.of("asset", asset));
  }

  /** One of those of which so many run at once. */
  static Request limited(String asset, Map<String, String> tags, String concurrency, int max) {
    var request =
        of(asset, tags, Map.of("concurrency", List.of(Map.of("key", concurrency, "max", max))));
    return new Request(
        request.key(),
        request.body(),
        Map.of("asset", asset, "concurrency", concurrency, "max", max));
  }

  static Request steps(long millis) {
    return of("faults/steps", Map.of("millis", String.valueOf(millis)));
  }

  static Request readings(long rows) {
    return of("bench/readings", Map.of("rows", String.valueOf(rows)));
  }
}
