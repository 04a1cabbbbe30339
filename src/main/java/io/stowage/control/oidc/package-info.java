/**
 * Tokens of an OpenID Connect provider: Quarkus' extension checks them, and what the provider says
 * of a bearer is turned into the roles of this control plane. {@code control.access} asks, and only
 * for tokens that it does not know itself.
 */
@NullMarked
package io.stowage.control.oidc;

import org.jspecify.annotations.NullMarked;
