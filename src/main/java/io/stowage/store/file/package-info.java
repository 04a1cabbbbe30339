/**
 * A store in a folder, for a laptop and for one node: {@link
 * io.stowage.store.file.FileObjectStore}. An object is a file; what is being written is under
 * {@code @tmp} in the same folder, and gets its name by a link or a rename.
 */
@NullMarked
package io.stowage.store.file;

import org.jspecify.annotations.NullMarked;
