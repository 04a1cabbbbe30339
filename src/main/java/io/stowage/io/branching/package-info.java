/**
 * A manager that works on a branch: it stores there, and loads from the parent what the branch has
 * not stored itself. {@link io.stowage.io.branching.BranchingIoManagerFactory} makes it; {@code
 * Segment}s are the partitions of one input that lie on the same side.
 */
@NullMarked
package io.stowage.io.branching;

import org.jspecify.annotations.NullMarked;
