/**
 * Values that are no single ones, as {@code jsonb}: records, maps, sealed families, and lists of
 * these. {@link io.stowage.io.table.json.JsonKind} is the way in; each {@link
 * io.stowage.io.table.json.JsonForm} writes and reads one kind of value, token by token.
 */
@NullMarked
package io.stowage.io.table.json;

import org.jspecify.annotations.NullMarked;
