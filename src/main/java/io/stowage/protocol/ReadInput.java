package io.stowage.protocol;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a step had read for one input. */
public record ReadInput(
    String input,
    String asset,
    String partition,
    @Nullable UUID materialization,
    @Nullable String location,
    long rows) {}
