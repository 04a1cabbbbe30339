package io.stowage.io.object;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;

/**
 * What kind of file a manager writes.
 *
 * @param extension without a dot: {@code avro}
 * @param contentType for other tools: {@code application/avro}
 */
public record ObjectFormat(String extension, String contentType) {
  public ObjectFormat {
    if (!extension.matches("[a-z0-9]+(\\.[a-z0-9]+)*")) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "'" + extension + "' cannot be an extension: it is letters and digits in lower case");
    }
  }
}
