/**
 * Values in columns, in the binary format that COPY has both ways. {@link
 * io.stowage.io.table.column.SqlType} are the types of columns that are known, {@link
 * io.stowage.io.table.column.ColumnType} one of them or an array of it; {@link
 * io.stowage.io.table.column.ColumnKind} says how a Java type stands in a column. {@link
 * io.stowage.io.table.column.CopyBuffer} takes rows, {@link io.stowage.io.table.column.CopyRow}
 * gives them.
 */
@NullMarked
package io.stowage.io.table.column;

import org.jspecify.annotations.NullMarked;
