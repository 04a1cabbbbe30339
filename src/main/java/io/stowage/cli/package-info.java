/**
 * The command line. {@link io.stowage.cli.Main} is plain picocli: a command that needs the
 * application sets its role and starts Quarkus; all others are clients of the control plane's HTTP
 * interface, and answer without it.
 */
@NullMarked
package io.stowage.cli;

import org.jspecify.annotations.NullMarked;
