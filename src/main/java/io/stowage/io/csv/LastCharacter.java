package io.stowage.io.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text that knows how it ended: the parser takes a quote that is never closed for closed. */
final class LastCharacter extends FilterReader {
  private char last;

  LastCharacter(Reader in) {
    super(in);
  }

  /** Of what was read so far, but for the ends of lines. */
  char last() {
    return last;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      note((char) next);
    }
    return next;
  }

  @Override
  public int read(char[] characters, int offset, int length) throws IOException {
    int count = super.read(characters, offset, length);
    for (int i = offset + count - 1; i >= offset; i--) {
      if (note(characters[i])) {
        break;
      }
    }
    return count;
  }

  private boolean note(char next) {
    boolean text = next != '\n' && next != '\r';
    if (text) {
      last = next;
    }
    return text;
  }
}
