/**
 * Puts the application together: configuration mappings ({@link io.stowage.app.StowageConfig}), the
 * IO managers and stores that they describe ({@link io.stowage.app.Resources}), the assets that the
 * build found ({@link io.stowage.app.Assets}), and the roles that a process can take. The domain
 * packages know no container: their objects are built here.
 */
@NullMarked
package io.stowage.app;

import org.jspecify.annotations.NullMarked;
