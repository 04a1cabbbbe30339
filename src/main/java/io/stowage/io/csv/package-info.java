/**
 * Comma-separated values (RFC 4180), both ways. {@link io.stowage.io.csv.CsvColumns} binds a
 * record's components to columns, {@link io.stowage.io.csv.CsvFile} parses; a row that cannot be
 * read is told with its line and column, or left out.
 */
@NullMarked
package io.stowage.io.csv;

import org.jspecify.annotations.NullMarked;
