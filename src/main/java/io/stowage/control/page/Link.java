package io.stowage.control.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Addresses within the page. */
final class Link {
  private Link() {}

  /** For a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String asset(String key) {
    return "/assets/" + path(key);
  }

  static String job(String name) {
    return "/jobs/" + path(name);
  }

  private static String path(String key) {
    return Arrays.stream(key.split("/", -1))
        .map(part -> encoded(part).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
