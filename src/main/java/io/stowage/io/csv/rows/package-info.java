/**
 * Rows as text with a header (RFC 4180), stream to stream: records by the names of their
 * components, {@code Map<String, String>} by the header's, {@code List<String>} as the lines stand.
 *
 * <p>Start at {@link io.stowage.io.csv.rows.CsvRowReader} and {@link
 * io.stowage.io.csv.rows.CsvRowWriter}; {@code CellForms} says which types a cell can have.
 */
@NullMarked
package io.stowage.io.csv.rows;

import org.jspecify.annotations.NullMarked;
