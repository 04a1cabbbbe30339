package io.stowage.protocol;

import java.time.Instant;

/**
 * What a control plane says of itself.
 *
 * @param protocol that workers must speak
 * @param now by its clock
 * @param role of the caller's token; {@code anybody} where there are no tokens
 */
public record ServerView(String version, int protocol, Instant now, String role) {}
