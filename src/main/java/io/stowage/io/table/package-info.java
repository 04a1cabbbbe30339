/**
 * Assets as tables of PostgreSQL. {@link io.stowage.io.table.TablePlace} says which {@link
 * io.stowage.io.table.Slice} of which table a value is; {@link io.stowage.io.table.SliceWriter}
 * replaces its rows in one transaction by binary COPY, {@link io.stowage.io.table.SliceRows} reads
 * those of a {@link io.stowage.io.table.SliceQuery} the same way. {@link
 * io.stowage.io.table.RowColumns} binds a record's components to columns, {@link
 * io.stowage.io.table.LiveTable} says which there are, and {@link
 * io.stowage.io.table.TableDefinition} makes or refuses what differs. {@link
 * io.stowage.io.table.OpRows} removes what ops' runs have stored.
 */
@NullMarked
package io.stowage.io.table;

import org.jspecify.annotations.NullMarked;
