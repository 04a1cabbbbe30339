package io.stowage.api.partition;

import org.jspecify.annotations.Nullable;

/**
 * How the components of one upstream dimension follow.
 *
 * @param downstream the dimension that they follow from; none where they do not depend on the
 *     downstream key
 * @param mapping of one dimension
 */
record MappingRule(String upstream, @Nullable String downstream, PartitionMapping mapping) {}
