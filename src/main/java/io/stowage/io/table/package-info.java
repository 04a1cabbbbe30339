/**
 * Assets as tables of PostgreSQL. {@link io.stowage.io.table.TableIoManager} names the {@link
 * io.stowage.io.table.Slice} of the table that a value is; {@link io.stowage.io.table.SliceWriter}
 * replaces its rows in one transaction by binary COPY, {@link io.stowage.io.table.SliceRows} reads
 * them by a cursor. {@link io.stowage.io.table.RowColumns} binds a record's components to columns,
 * {@link io.stowage.io.table.LiveTable} says which there are, and {@link
 * io.stowage.io.table.TableDefinition} makes or refuses what differs.
 */
@NullMarked
package io.stowage.io.table;

import org.jspecify.annotations.NullMarked;
