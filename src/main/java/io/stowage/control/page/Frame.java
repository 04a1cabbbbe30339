package io.stowage.control.page;

import io.stowage.control.access.Principal;

/**
 * What is around every page.
 *
 * @param section of the navigation
 * @param signedIn whether there is a session that can be left
 */
public record Frame(
    String title,
    String section,
    String name,
    String role,
    boolean maySubmit,
    boolean mayOperate,
    boolean signedIn) {
  static Frame of(String title, String section, Principal principal) {
    return new Frame(
        title,
        section,
        principal.name(),
        principal.role(),
        principal.may("submit"),
        principal.may("operate"),
        !principal.equals(Principal.ANYBODY));
  }
}
