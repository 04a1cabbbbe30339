package io.stowage.api;

/**
 * The values of assets, read from outside a run. Inject it; it may be used from any thread.
 *
 * <pre>{@code
 * List<MonthSummary> march = values.of("weather/monthly").partition("2012-03").list(MonthSummary.class);
 * }</pre>
 *
 * <p>The control plane at {@code stowage.control.url} says what is stored, and this process's
 * configuration how to read it: {@code stowage.io.<key>.*} of the one manager that stored the
 * asset, which is made on first use. Nothing is recorded.
 */
public interface AssetValues {
  /**
   * Asks nobody yet.
   *
   * @param key {@code weather/monthly}
   * @throws StowageException {@code INVALID_KEY}
   */
  AssetValue of(String key);
}
