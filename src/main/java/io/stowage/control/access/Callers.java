package io.stowage.control.access;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who is let in, and by what: a token of ours, a token of an issuer, a browser's session. */
public final class Callers {
  /** What a signed token looks like, and a session's cookie of ours does not. */
  private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  /** Of a cookie that all browsers take, name and attributes included, there are 4096. */
  private static final int LONGEST_COOKIE = 3800;

  private final Tokens tokens;
  private final @Nullable Issuer issuer;

  private Callers(Tokens tokens, @Nullable Issuer issuer) {
    this.tokens = tokens;
    this.issuer = issuer;
  }

  /** Who has one of these; where there is none at all, everybody. */
  public static Callers with(Tokens tokens) {
    return new Callers(tokens, null);
  }

  /** Who has one of these, or one of the issuer's. */
  public static Callers with(Tokens tokens, Issuer issuer) {
    return new Callers(tokens, issuer);
  }

  /** Whether nobody needs a token. */
  public boolean anybody() {
    return issuer == null && tokens.valid().isEmpty();
  }

  /**
   * Whose a token is; of several, one that may do what is wanted.
   *
   * @return empty where it is not known
   * @throws StowageException as {@link Issuer#bearer} does
   */
  public Optional<Principal> find(String token, String wanted) {
    Optional<Principal> own = Token.find(tokens.valid(), token, wanted);
    return own.isEmpty() && issuer != null && signed(token)
        ? Optional.of(preferred(issuer.bearer(token), wanted))
        : own;
  }

  /** The same by the cookie that a browser has in place of the token. */
  public Optional<Principal> findByCookie(String cookie, String wanted, Instant now) {
    return issuer != null && signed(cookie)
        ? find(cookie, wanted)
        : BrowserSession.find(tokens.valid(), cookie, wanted, now);
  }

  /**
   * The cookie for a token that is let in: a session for one of ours; an issuer's is its own
   * session, since it ends soon and nobody here keeps it.
   *
   * @throws StowageException {@code PAYLOAD_TOO_LARGE} where a browser would not keep it
   */
  public String cookie(String token, Instant now) {
    if (!signed(token) || Token.find(tokens.valid(), token, "read").isPresent()) {
      return BrowserSession.of(token, now);
    }
    if (token.length() > LONGEST_COOKIE) {
      throw new StowageException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "this token has %d characters, and a browser's cookie holds %d: have its issuer leave claims out, or sign in with a token of the control plane's own"
              .formatted(token.length(), LONGEST_COOKIE));
    }
    return token;
  }

  private static Principal preferred(List<Principal> bearer, String wanted) {
    return bearer.stream().filter(each -> each.may(wanted)).findFirst().orElseGet(bearer::getFirst);
  }

  private static boolean signed(String token) {
    return SIGNED.matcher(token).matches();
  }
}
