package io.stowage.control.access;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in files, one for each role: {@code read}, {@code submit}, {@code operate}, {@code work},
 * as a mounted secret of Kubernetes is. A line is a token, or a name and a token; empty lines and
 * those that begin with {@code #} do not count. A name may have two tokens at once, so that one can
 * take the other's place while both are in use.
 *
 * <p>A changed file is read again within a second. One that then cannot be read leaves what was
 * valid before, with a warning: a mistake in one line must not lock everybody out.
 */
public final class TokenFolder implements Tokens {
  private static final System.Logger LOG = System.getLogger(TokenFolder.class.getName());
  private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;
  private static final int SHORTEST = 16;
  private static final int TOKENS_OF_A_NAME = 2;

  private final Path folder;
  private final LongSupplier nanoTime;
  private Map<String, String> stamps;
  private List<Token> tokens;
  private long looked;

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   * @throws StowageException {@code INVALID_CONFIGURATION} where a file cannot be read, naming it
   *     and the line, or where there is no token at all
   */
  public TokenFolder(Path folder, LongSupplier nanoTime) {
    this.folder = folder;
    this.nanoTime = nanoTime;
    this.stamps = stampsNow();
    this.tokens = read();
    this.looked = nanoTime.getAsLong();
  }

  @Override
  public synchronized List<Token> valid() {
    long now = nanoTime.getAsLong();
    if (now - looked >= LOOK_AGAIN_NANOS) {
      looked = now;
      Map<String, String> found = stampsNow();
      if (!found.equals(stamps)) {
        stamps = found;
        readAgain();
      }
    }
    return tokens;
  }

  private void readAgain() {
    try {
      tokens = read();
      LOG.log(Level.INFO, "tokens were read again from ''{0}'': {1} are valid", folder, size());
    } catch (StowageException e) {
      LOG.log(Level.WARNING, "{0}; the tokens of before stay valid", e.getMessage());
    }
  }

  private int size() {
    return tokens.size();
  }

  /** What changes when a file is written, or another one is put in its place. */
  private Map<String, String> stampsNow() {
    var found = new TreeMap<String, String>();
    for (String role : Principal.ROLES) {
      try {
        var attributes = Files.readAttributes(folder.resolve(role), BasicFileAttributes.class);
        found.put(
            role,
            attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
      } catch (IOException e) {
        // not there, which reading tells where it matters
      }
    }
    return found;
  }

  private List<Token> read() {
    var found = new ArrayList<Token>();
    for (String role : Principal.ROLES) {
      Path file = folder.resolve(role);
      if (Files.exists(file)) {
        found.addAll(read(role, file));
      }
    }
    if (found.isEmpty()) {
      throw invalid(folder, "has no tokens: put a file there for each role, " + Principal.ROLES);
    }
    return List.copyOf(found);
  }

  private static List<Token> read(String role, Path file) {
    var found = new ArrayList<Token>();
    var names = new TreeMap<String, Integer>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Token token = token(role, line, file, i + 1);
        String name = token.principal().name();
        if (names.merge(name, 1, Integer::sum) > TOKENS_OF_A_NAME) {
          throw invalid(
              file, "line " + (i + 1) + " is a third token of '" + name + "': two at most");
        }
        found.add(token);
      }
    }
    return found;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "cannot read the tokens in '" + file + "': " + e.getMessage(),
          e);
    }
  }

  private static Token token(String role, String line, Path file, int number) {
    String[] words = line.split("\\s+", -1);
    String token = words[words.length - 1];
    if (words.length > 2) {
      throw invalid(file, "line " + number + " is neither a token nor a name and a token");
    }
    if (token.length() < SHORTEST) {
      throw invalid(
          file, "line " + number + " has a token of less than " + SHORTEST + " characters");
    }
    return Token.of(new Principal(words.length == 1 ? role : words[0], role), token);
  }

  private static StowageException invalid(Path file, @Nullable String what) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, "'" + file + "' " + what);
  }
}
