package io.stowage.protocol;

import java.util.List;
import java.util.UUID;

/**
 * @param marked as removed, by this call
 * @param deletable whether their objects may be deleted now; else a run that is under way may be
 *     reading them, and a later sweep does it
 */
public record MarkAnswer(List<UUID> marked, boolean deletable) {}
