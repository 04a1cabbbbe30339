/**
 * What is kept, for people: runs, events and materializations are read through Hibernate Reactive;
 * catalogs and dynamic partition keys, in which no hot table takes part, are written through it as
 * well.
 */
@NullMarked
package io.stowage.control.ledger;

import org.jspecify.annotations.NullMarked;
