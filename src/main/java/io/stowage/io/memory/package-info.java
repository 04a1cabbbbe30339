/**
 * An IO manager that keeps values as they are, in this process: {@link
 * io.stowage.io.memory.MemoryIoManagerFactory}.
 */
@NullMarked
package io.stowage.io.memory;

import org.jspecify.annotations.NullMarked;
