package io.stowage.process;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.stowage.fixture.S3Endpoint;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** A bucket as somebody else sees it: by the plain client, and plain Avro. */
record SeenBucket(S3Endpoint s3, String name) {
  private static final String REGION = "us-east-1";

  private MinioClient client() {
    return MinioClient.builder()
        .endpoint(s3.uri().toString())
        .credentials(s3.accessKey(), s3.secretKey())
        .region(REGION)
        .build();
  }

  DataFileStream<GenericRecord> avro(String location) throws Exception {
    URI uri = URI.create(location);
    var object =
        client()
            .getObject(
                GetObjectArgs.builder()
                    .bucket(uri.getHost())
                    .object(uri.getPath().substring(1))
                    .build());
    return new DataFileStream<>(object, new GenericDatumReader<>());
  }

  /** How many rows it has, each of which was read. */
  long rows(String location) throws Exception {
    long rows = 0;
    try (var file = avro(location)) {
      for (GenericRecord _ : file) {
        rows++;
      }
    }
    return rows;
  }

  /** What the rows have in one column. */
  List<String> texts(String location, String column) throws Exception {
    var texts = new ArrayList<String>();
    try (var file = avro(location)) {
      file.forEach(row -> texts.add(row.get(column).toString()));
    }
    return texts;
  }

  /** As another program does, which makes the bucket as well. */
  void put(String object, byte[] bytes) throws Exception {
    if (!client().bucketExists(BucketExistsArgs.builder().bucket(name).build())) {
      client().makeBucket(MakeBucketArgs.builder().bucket(name).build());
    }
    client()
        .putObject(
            PutObjectArgs.builder().bucket(name).object(object).stream(
                    new ByteArrayInputStream(bytes), bytes.length, -1)
                .build());
  }

  List<String> objects(String prefix) throws Exception {
    var names = new ArrayList<String>();
    var every = ListObjectsArgs.builder().bucket(name).prefix(prefix).recursive(true).build();
    for (var each : client().listObjects(every)) {
      names.add(each.get().objectName());
    }
    return names;
  }

  /** Uploads that were begun, and neither completed nor aborted. */
  List<String> openUploads() throws Exception {
    try (var client =
        MinioAsyncClient.builder()
            .endpoint(s3.uri().toString())
            .credentials(s3.accessKey(), s3.secretKey())
            .region(REGION)
            .build()) {
      return client
          .listMultipartUploadsAsync(name, REGION, null, null, null, 1000, null, null, null, null)
          .get()
          .result()
          .uploads()
          .stream()
          .map(upload -> upload.objectName())
          .toList();
    }
  }
}
