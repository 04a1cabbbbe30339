/** What lies in {@code deploy}, by the tools that will read it. */
@NullMarked
package io.stowage.deploy;

import org.jspecify.annotations.NullMarked;
