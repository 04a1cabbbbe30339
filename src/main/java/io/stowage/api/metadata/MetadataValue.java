package io.stowage.api.metadata;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One value of metadata, which knows what it is, so that a page can show it as such. Whether it can
 * be kept is told where it gets its label, by {@link #of}.
 */
public sealed interface MetadataValue {
  record Text(String value) implements MetadataValue {}

  /** CommonMark; shown with its markup, and without raw HTML. */
  record Markdown(String value) implements MetadataValue {}

  /** With a scheme. */
  record Url(URI value) implements MetadataValue {}

  /** A path or location in a store. */
  record PathValue(String value) implements MetadataValue {}

  /** Maps with text as keys, lists, text, numbers, booleans and null, nested at will. */
  record Json(@Nullable Object value) implements MetadataValue {}

  record Int(long value) implements MetadataValue {}

  /** Finite: JSON has no word for the others. */
  record Float(double value) implements MetadataValue {}

  record Bool(boolean value) implements MetadataValue {}

  record Timestamp(Instant value) implements MetadataValue {}

  record Asset(AssetKey value) implements MetadataValue {}

  record Run(String value) implements MetadataValue {}

  /** Rows of scalars, each as long as the columns, whose names differ. */
  record Table(List<String> columns, List<List<@Nullable Object>> rows) implements MetadataValue {}

  /** Column names and types, in order. */
  record TableSchema(Map<String, String> columns) implements MetadataValue {}

  /** For each column, the upstream columns it depends on, written {@code asset/key:column}. */
  record ColumnLineage(Map<String, List<String>> columns) implements MetadataValue {}

  record Null() implements MetadataValue {}

  static MetadataValue markdown(String text) {
    return new Markdown(text);
  }

  /**
   * @throws StowageException {@code TYPE_MISMATCH} where the text is no URL
   */
  static MetadataValue url(String url) {
    try {
      return new Url(new URI(url));
    } catch (URISyntaxException e) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "metadata of type 'url' cannot have the value '"
              + url
              + "': "
              + e.getReason()
              + " at character "
              + (e.getIndex() + 1),
          e);
    }
  }

  static MetadataValue path(String path) {
    return new PathValue(path);
  }

  static MetadataValue json(@Nullable Object value) {
    return new Json(value);
  }

  static MetadataValue asset(String key) {
    return new Asset(AssetKey.of(key));
  }

  static MetadataValue run(String id) {
    return new Run(id);
  }

  static MetadataValue table(List<String> columns, List<? extends List<?>> rows) {
    var copies = new ArrayList<List<@Nullable Object>>();
    rows.forEach(row -> copies.add(new ArrayList<>(row)));
    return new Table(columns, copies);
  }

  static MetadataValue tableSchema(Map<String, String> columns) {
    return new TableSchema(new LinkedHashMap<>(columns));
  }

  static MetadataValue columnLineage(Map<String, List<String>> columns) {
    return new ColumnLineage(new LinkedHashMap<>(columns));
  }

  /**
   * The value that fits the object's type: text, whole and other numbers, booleans, instants and
   * dates, URIs, paths, asset keys, maps and lists (as JSON), null, or a value of metadata itself.
   *
   * @throws StowageException {@code TYPE_MISMATCH} for any other type, for a label that is blank or
   *     longer than 255 characters, and for what its kind of value cannot be: a number that is not
   *     finite, a URL without a scheme, a row of a table that is longer than its columns; naming
   *     label and type
   */
  static MetadataValue of(String label, @Nullable Object value) {
    var rules = new MetadataRules(label);
    return rules.kept(
        switch (value) {
          case null -> new Null();
          case MetadataValue given -> given;
          case String text -> new Text(text);
          case Character letter -> new Text(letter.toString());
          case Enum<?> word -> new Text(word.name());
          case Boolean bool -> new Bool(bool);
          case Byte number -> new Int(number);
          case Short number -> new Int(number);
          case Integer number -> new Int(number);
          case Long number -> new Int(number);
          case java.lang.Float number -> new Float(number);
          case Double number -> new Float(number);
          case Instant time -> new Timestamp(time);
          case URI uri -> new Url(uri);
          case Path path -> new PathValue(path.toString());
          case AssetKey key -> new Asset(key);
          case Map<?, ?> map -> new Json(map);
          case Collection<?> list -> new Json(list);
          case Number _, UUID _, TemporalAccessor _, TemporalAmount _ -> new Text(value.toString());
          default ->
              throw new StowageException(
                  ErrorCode.TYPE_MISMATCH,
                  "metadata '"
                      + label
                      + "' cannot represent "
                      + value.getClass().getTypeName()
                      + ": give text, a number, a time, a URI, a map or a list");
        });
  }

  /** The value as data, {@code {"type": …, "value": …}}; {@link #fromData} reads it back. */
  default Map<String, @Nullable Object> toData() {
    return MetadataData.of(this);
  }

  /**
   * @throws StowageException {@code INVALID_REQUEST} where the data is not of that form
   */
  static MetadataValue fromData(Map<String, ? extends @Nullable Object> data) {
    return MetadataData.value(data);
  }
}
