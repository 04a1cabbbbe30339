package io.stowage.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a value was stored, and by what to tell it from any other.
 *
 * @param location absolute
 * @param etag the store's own tag of this content; null where it has none
 * @param checksum {@code sha256:} and 64 hexadecimal digits of the stored bytes; null where it was
 *     not computed
 * @param bytes stored size, or -1 where it is not known
 * @param rows how many, or -1 where the value does not consist of rows
 * @param schemaFingerprint of the schema of the rows; null where there is none
 */
public record StoredObject(
    URI location,
    @Nullable String etag,
    @Nullable String checksum,
    long bytes,
    long rows,
    @Nullable String schemaFingerprint) {}
