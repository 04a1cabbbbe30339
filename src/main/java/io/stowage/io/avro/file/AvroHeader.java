package io.stowage.io.avro.file;

/** What stands in a file's header beside the schema: where its data comes from. */
public final class AvroHeader {
  public static final String ASSET = "stowage.asset";
  public static final String PARTITION = "stowage.partition";
  public static final String RUN = "stowage.run";

  /** Of the schema; {@link AvroFileWriter} adds it. */
  public static final String FINGERPRINT = "stowage.fingerprint";

  private AvroHeader() {}
}
