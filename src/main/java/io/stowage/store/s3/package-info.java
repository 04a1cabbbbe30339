/**
 * A store in a bucket of Amazon S3, MinIO or another server that speaks S3: {@link
 * io.stowage.store.s3.S3ObjectStore}. It is the only place that knows the MinIO client: {@code
 * S3Bucket} waits for its answers and tries again, {@code S3Errors} translates what goes wrong,
 * {@code S3Upload} sends parts, {@code S3Headers} reads and writes headers.
 */
@NullMarked
package io.stowage.store.s3;

import org.jspecify.annotations.NullMarked;
