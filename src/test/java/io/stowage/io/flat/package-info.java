/** Layout {@code flat}, of each format over each store. */
@NullMarked
package io.stowage.io.flat;

import org.jspecify.annotations.NullMarked;
