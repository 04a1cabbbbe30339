/**
 * A store in this process' memory, for tests and for trying things out: {@link
 * io.stowage.store.memory.MemoryObjectStore}.
 */
@NullMarked
package io.stowage.store.memory;

import org.jspecify.annotations.NullMarked;
