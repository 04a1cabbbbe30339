/**
 * The HTTP interface: a resource parses, makes one call, and shows the answer. Runs on virtual
 * threads.
 */
@NullMarked
package io.stowage.control.rest;

import org.jspecify.annotations.NullMarked;
