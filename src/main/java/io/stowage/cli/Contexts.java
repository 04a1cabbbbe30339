package io.stowage.cli;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Control planes by name, so that one need not give URL and token at each call: a file of the
 * user's, {@code prod.url = …} and {@code prod.token-file = …} in lines.
 */
final class Contexts {
  private static final String URL = "url";
  private static final String TOKEN_FILE = "token-file";

  private final Path file;
  private final Map<String, Map<String, String>> named = new TreeMap<>();

  private Contexts(Path file) {
    this.file = file;
  }

  /** Where the user's own are, by the desktop's convention for settings. */
  static Path usualFile() {
    String folder = System.getenv("XDG_CONFIG_HOME");
    return Path.of(
        folder == null || folder.isBlank() ? System.getProperty("user.home") + "/.config" : folder,
        "stowage",
        "contexts.properties");
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where it is not there, or a line is
   *     wrong
   */
  static Contexts read(Path file) {
    try {
      var contexts = new Contexts(file);
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          contexts.add(line, i + 1);
        }
      }
      return contexts;
    } catch (IOException e) {
      throw wrong("cannot read the contexts in '" + file + "': " + e.getMessage());
    }
  }

  private void add(String line, int number) {
    String[] parts = line.split("\\s*=\\s*", 2);
    int dot = parts[0].lastIndexOf('.');
    String setting = parts[0].substring(dot + 1);
    if (parts.length < 2 || dot < 1 || !(setting.equals(URL) || setting.equals(TOKEN_FILE))) {
      throw wrong(
          "'%s' line %d: '%s' is neither <name>.url=… nor <name>.token-file=…"
              .formatted(file, number, line));
    }
    named
        .computeIfAbsent(parts[0].substring(0, dot), _ -> new LinkedHashMap<>())
        .put(setting, parts[1]);
  }

  /**
   * Has this process ask that control plane, with its token and no other: one that is set elsewhere
   * is another's.
   */
  void choose(String name) {
    Map<String, String> chosen = named.get(name);
    if (chosen == null) {
      throw wrong("there is no context '" + name + "' in '" + file + "', but " + named.keySet());
    }
    Launch.option("stowage.control.url", url(name, chosen.get(URL)));
    Launch.option(
        "stowage.control.token-file",
        Optional.ofNullable(chosen.get(TOKEN_FILE)).map(this::absolute).orElse(""));
    Launch.option("stowage.control.token", "");
  }

  private String url(String name, @Nullable String text) {
    if (text == null) {
      throw wrong("context '" + name + "' in '" + file + "' has no url");
    }
    try {
      URI url = URI.create(text);
      if ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // as below
    }
    throw wrong("'" + name + ".url' in '" + file + "' is '" + text + "', no http:// or https://");
  }

  private String absolute(String path) {
    return path.startsWith("~/")
        ? System.getProperty("user.home") + path.substring(1)
        : file.resolveSibling(path).toString();
  }

  private static StowageException wrong(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
