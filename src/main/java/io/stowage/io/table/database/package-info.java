/**
 * The store of type {@code postgresql}: connections, what stops a statement, and what errors mean.
 */
@NullMarked
package io.stowage.io.table.database;

import org.jspecify.annotations.NullMarked;
