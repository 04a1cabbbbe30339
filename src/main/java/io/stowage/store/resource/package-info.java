/**
 * A store of what is shipped inside the application, which can only be read: {@link
 * io.stowage.store.resource.ResourceObjectStore}.
 */
@NullMarked
package io.stowage.store.resource;

import org.jspecify.annotations.NullMarked;
