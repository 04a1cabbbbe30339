/**
 * The way to PostgreSQL, for all rooms of the control plane. {@code Database} executes statements
 * and translates what the driver throws; a {@code Channel} is a connection that is kept; the {@code
 * Leader} is the process that holds a lock through one. No table's name is here, but in {@code
 * DatabaseState}, which tells operators how the database is.
 */
@NullMarked
package io.stowage.control.database;

import org.jspecify.annotations.NullMarked;
