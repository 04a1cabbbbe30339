package io.stowage.samples.weather;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.memory.MemoryObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReportIoManagerTest {
  private static final List<MonthSummary> MONTHS =
      List.of(
          new MonthSummary("2012-03", "New York", 10.8, -3.3, 25.6, 24.3, 8),
          new MonthSummary("2012-03", "Seattle", 6.2, -1.1, 17.2, 183, 22));

  private final MemoryObjectStore store = new MemoryObjectStore("test");

  private String report(Map<String, String> settings, RecordedOutput context) throws Exception {
    var manager = new ReportIoManager(store, StoreSettings.of(ReportSettings.class, settings));
    manager.handleOutput(context, MONTHS);
    return (String) Objects.requireNonNull(manager.loadInput(input(String.class, context)));
  }

  private static RecordedOutput context() {
    return output("weather/report", generic(List.class, MonthSummary.class));
  }

  @Test
  void writesMarkdown() throws Exception {
    var context = context();

    assertThat(report(Map.of("title", "Weather"), context))
        .isEqualTo(
            """
            # Weather

            | month   | city     |   mean |    low |   high |   rain |       |
            |---|---|--:|--:|--:|--:|---|
            | 2012-03 | New York |   10.8 |   -3.3 |   25.6 |   24.3 | ███   |
            | 2012-03 | Seattle  |    6.2 |   -1.1 |   17.2 |  183.0 | ████████████████████ |
            """);
    assertThat(context.object().location().toString()).endsWith(".md");
    assertThat(context.added()).containsKeys("rows", "latest", "bytes");
  }

  @Test
  void writesPlainText() throws Exception {
    var context = context();

    assertThat(report(Map.of("style", "text", "width", "0"), context))
        .isEqualTo(
            """
            The weather, month by month
            ===========================

            month    city        mean     low    high    rain
            2012-03  New York    10.8    -3.3    25.6    24.3
            2012-03  Seattle      6.2    -1.1    17.2   183.0
            """);
    assertThat(context.object().location().toString()).endsWith(".txt");
  }

  @Test
  void takesMonthsOnly() {
    var factory = new ReportIoManagerFactory();
    var settings = StoreSettings.of(ReportSettings.class, Map.of());

    assertThat(factory.stores(settings, generic(List.class, MonthSummary.class))).isTrue();
    assertThat(factory.stores(settings, generic(List.class, Day.class))).isFalse();
    assertThat(factory.loads(settings, String.class)).isTrue();
  }
}
