package io.stowage.io.table;

import io.stowage.api.SchemaDifference;

/**
 * What a table has to become for a record.
 *
 * @param kind as {@link SchemaDifference.Change} has it
 * @param sentence what is said of the table, as a verb: {@code has no column 'x', …}
 * @param ddl what is done to the table, behind {@code ALTER TABLE}; empty for nothing
 * @param refused whether it cannot be
 * @param breaksReaders whether who reads as the former type may not be able to any more
 */
record TableChange(
    String column,
    String kind,
    String sentence,
    String ddl,
    boolean refused,
    boolean breaksReaders) {

  static TableChange refused(String column, String kind, String sentence) {
    return new TableChange(column, kind, sentence, "", true, true);
  }

  static TableChange added(String column, String type) {
    return new TableChange(
        column,
        "added",
        "gets column '" + column + "' of type " + type,
        "ADD COLUMN " + TableName.quoted(column) + " " + type,
        false,
        false);
  }

  static TableChange relaxed(String column) {
    return new TableChange(
        column,
        "promoted",
        "lets column '" + column + "' be null from now on",
        "ALTER COLUMN " + TableName.quoted(column) + " DROP NOT NULL",
        false,
        true);
  }

  static TableChange left(String column) {
    return new TableChange(
        column,
        "removed",
        "keeps column '" + column + "', which is null in rows that are stored from now on",
        "",
        false,
        false);
  }

  SchemaDifference.Change difference() {
    return new SchemaDifference.Change(column, kind, sentence, refused);
  }
}
