/**
 * Who may talk to the control plane: bearer tokens, ours and an issuer's, and whom they stand for,
 * and how many claims one of them may leave waiting. Plain classes; {@code control.rest} asks them
 * at each request.
 */
@NullMarked
package io.stowage.control.access;

import org.jspecify.annotations.NullMarked;
