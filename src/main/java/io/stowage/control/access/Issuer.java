package io.stowage.control.access;

import io.stowage.api.StowageException;
import java.util.List;

/** Somebody else who gives out tokens, signs them, and says in them who bears them. */
public interface Issuer {
  /**
   * Whom a token of his stands for, looked at anew at each call. From any thread, which may wait a
   * few seconds where the issuer has to be asked for his keys.
   *
   * @return one principal for each role that the bearer has here; never empty
   * @throws StowageException {@code UNAUTHENTICATED} of one that is not his, is for others or has
   *     expired; {@code FORBIDDEN} of a bearer without any role here; {@code UNAVAILABLE} while the
   *     issuer is out of reach and his keys are not known
   */
  List<Principal> bearer(String token);
}
