/**
 * Comma-separated values (RFC 4180), both ways. {@link io.stowage.io.csv.CsvColumns} binds a
 * record's components to columns; a row that cannot be read is told with its line and column.
 */
@NullMarked
package io.stowage.io.csv;

import org.jspecify.annotations.NullMarked;
