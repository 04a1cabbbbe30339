/**
 * The way to the control plane: JSON over HTTP by the JDK's own client, which needs no start of
 * Quarkus. The worker and the command line both speak through {@link
 * io.stowage.protocol.http.JsonClient}.
 */
@NullMarked
package io.stowage.protocol.http;

import org.jspecify.annotations.NullMarked;
