@NullMarked
package io.stowage.store.file;

import org.jspecify.annotations.NullMarked;
