package io.stowage.catalog;

/** What makes a step an op: the job that it belongs to. */
public record JobDeclaration(String name, String description) {}
