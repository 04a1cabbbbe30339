package io.stowage.store.s3;

import io.minio.messages.ListMultipartUploadsResult;
import io.minio.messages.Upload;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectKey;
import io.stowage.store.PendingUpload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The multipart uploads of a bucket that nobody completed or aborted. */
final class S3Uploads {
  private static final int PAGE = 1000;

  private final S3Bucket bucket;
  private final String prefix;

  S3Uploads(S3Bucket bucket, String prefix) {
    this.bucket = bucket;
    this.prefix = prefix;
  }

  List<PendingUpload> list(String keysBegin) {
    var uploads = new ArrayList<PendingUpload>();
    String begin = prefix + keysBegin;
    ListMultipartUploadsResult page = page(begin, null, null);
    while (true) {
      for (Upload upload : page.uploads()) {
        // Not every server looks at the prefix.
        if (upload.objectName().startsWith(begin)) {
          pending(upload).ifPresent(uploads::add);
        }
      }
      if (!page.isTruncated()) {
        return uploads;
      }
      page = page(begin, page.nextKeyMarker(), page.nextUploadIdMarker());
    }
  }

  private ListMultipartUploadsResult page(
      String begin, @Nullable String keyMarker, @Nullable String idMarker) {
    return bucket
        .call(
            "cannot list uploads",
            () ->
                bucket
                    .client()
                    .listMultipartUploadsAsync(
                        bucket.name(),
                        bucket.region(),
                        null,
                        null,
                        keyMarker,
                        PAGE,
                        begin,
                        idMarker,
                        null,
                        null))
        .result();
  }

  private Optional<PendingUpload> pending(Upload upload) {
    try {
      var key = ObjectKey.of(upload.objectName().substring(prefix.length()));
      return Optional.of(new PendingUpload(key, upload.uploadId(), upload.initiated().toInstant()));
    } catch (StowageException _) {
      return Optional.empty(); // no key of ours
    }
  }

  void abort(PendingUpload upload) {
    try {
      bucket.call(
          "cannot abort the upload of '%s'".formatted(upload.key()),
          () ->
              bucket
                  .client()
                  .abortMultipartUploadAsync(
                      bucket.name(),
                      bucket.region(),
                      prefix + upload.key().path(),
                      upload.id(),
                      null,
                      null));
    } catch (StowageException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    }
  }
}
