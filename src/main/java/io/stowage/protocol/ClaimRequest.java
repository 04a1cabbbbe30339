package io.stowage.protocol;

/**
 * @param max how many leases at the most
 * @param waitMillis how long to wait for the first
 */
public record ClaimRequest(int max, long waitMillis) {}
