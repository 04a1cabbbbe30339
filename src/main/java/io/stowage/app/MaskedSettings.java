package io.stowage.app;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings as others may see them. Who writes a manager names a secret as he likes, so that rather
 * too much is masked than too little.
 */
final class MaskedSettings {
  static final String MASK = "••••••";
  private static final Pattern SECRET =
      Pattern.compile(
          "secret|pass|token|credential|auth|key|cert|sign|private|salt|pin|cookie|user");
  private static final Pattern IN_URL = Pattern.compile("//[^/@\\s]*@");
  private static final Pattern IN_QUERY =
      Pattern.compile("(?i)([?&;](?:[^=&;]*(?:pass|secret|token|key|user|sig)[^=&;]*)=)[^&;]*");
  private static final int LONGEST = 300;

  private MaskedSettings() {}

  /** Sorted by name, without the type. */
  static Map<String, String> of(Map<String, String> settings) {
    var masked = new TreeMap<String, String>();
    settings.forEach(
        (name, value) -> {
          if (!name.equals("type")) {
            masked.put(name, masked(name, value));
          }
        });
    return masked;
  }

  private static String masked(String name, String value) {
    if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
      return MASK;
    }
    String shown = IN_URL.matcher(value).replaceAll("//" + MASK + "@");
    shown = IN_QUERY.matcher(shown).replaceAll("$1" + MASK);
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
  }
}
