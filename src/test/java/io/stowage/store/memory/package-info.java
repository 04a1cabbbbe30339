@NullMarked
package io.stowage.store.memory;

import org.jspecify.annotations.NullMarked;
