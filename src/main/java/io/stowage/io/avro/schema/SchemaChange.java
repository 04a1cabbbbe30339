package io.stowage.io.avro.schema;

/** One difference between the schema that data was written with and the one that it is read as. */
public sealed interface SchemaChange {
  /** The field: {@code stations[].city}; empty for the value itself. */
  String path();

  /** Whether data cannot be read because of it. */
  boolean breaks();

  /** The difference in words, for a message. */
  String sentence();

  /** A field that the stored data lacks: it is read as its default, if it has one. */
  record Added(String path, String type, boolean hasDefault) implements SchemaChange {
    @Override
    public boolean breaks() {
      return !hasDefault;
    }

    @Override
    public String sentence() {
      return hasDefault
          ? "field '%s' (%s) was added, with a default".formatted(path, type)
          : "field '%s' (%s) was added without a default: make it Optional or @Nullable, or say its former name with @Alias"
              .formatted(path, type);
    }
  }

  /** A field that is stored and no longer read. */
  record Removed(String path, String type) implements SchemaChange {
    @Override
    public boolean breaks() {
      return false;
    }

    @Override
    public String sentence() {
      return "field '%s' (%s) was removed".formatted(path, type);
    }
  }

  /** A field with another name, found by its alias. */
  record Renamed(String path, String from) implements SchemaChange {
    @Override
    public boolean breaks() {
      return false;
    }

    @Override
    public String sentence() {
      return "field '%s' was called '%s'".formatted(path, from);
    }
  }

  /** A type that every stored value fits into. */
  record Promoted(String path, String from, String to) implements SchemaChange {
    @Override
    public boolean breaks() {
      return false;
    }

    @Override
    public String sentence() {
      return "%s was %s and is %s".formatted(Incompatible.subject(path), from, to);
    }
  }

  /** A type that stored values do not fit into. */
  record Incompatible(String path, String from, String to) implements SchemaChange {
    @Override
    public boolean breaks() {
      return true;
    }

    @Override
    public String sentence() {
      return "%s was stored as %s, which cannot be read as %s".formatted(subject(path), from, to);
    }

    private static String subject(String path) {
      return path.isEmpty() ? "the value" : "field '" + path + "'";
    }
  }
}
