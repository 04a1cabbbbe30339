package io.stowage.samples.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.InputContext;
import io.stowage.api.OutputContext;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the summaries of months as a report for people, which is loaded as text. */
final class ReportIoManager extends ObjectIoManager {
  private static final int MOST_SHOWN = 12;

  private final ReportSettings settings;

  ReportIoManager(ObjectStore store, ReportSettings settings) {
    super(store, settings, format(settings.style()));
    this.settings = settings;
  }

  private static ObjectFormat format(ReportSettings.Style style) {
    return switch (style) {
      case MARKDOWN -> new ObjectFormat("md", "text/markdown");
      case TEXT -> new ObjectFormat("txt", "text/plain");
    };
  }

  @Override
  @SuppressWarnings("unchecked")
  protected Written write(OutputContext context, @Nullable Object value, OutputStream bytes)
      throws IOException {
    var months = (List<MonthSummary>) Objects.requireNonNull(value);
    bytes.write(new Report(settings, months).text().getBytes(UTF_8));
    List<MonthSummary> latest = months.reversed().stream().limit(MOST_SHOWN).toList().reversed();
    return Written.rows(months.size())
        .with("latest", MetadataValue.markdown(new Report(settings, latest).text()));
  }

  @Override
  protected String read(InputContext context, Type type, InputStream bytes) throws IOException {
    return new String(bytes.readAllBytes(), UTF_8);
  }
}
