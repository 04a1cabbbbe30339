@NullMarked
package io.stowage.store.s3;

import org.jspecify.annotations.NullMarked;
