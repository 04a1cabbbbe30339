package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the keys of a dynamic definition. */
public record DynamicKeys(
    String definition, @Nullable List<String> add, @Nullable List<String> remove) {}
