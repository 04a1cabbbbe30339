package io.stowage.io.avro.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Tells schemas apart: the SHA-256 of Avro's parsing canonical form, as 64 hexadecimal digits.
 * Documentation, defaults, aliases and logical types do not count, as in every library of Avro.
 */
public final class SchemaFingerprint {
  private SchemaFingerprint() {}

  public static String of(Schema schema) {
    try {
      byte[] form = SchemaNormalization.toParsingForm(schema).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(form));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
