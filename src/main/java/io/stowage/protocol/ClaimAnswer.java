package io.stowage.protocol;

import java.util.List;

/** May be empty. */
public record ClaimAnswer(List<Lease> leases) {}
