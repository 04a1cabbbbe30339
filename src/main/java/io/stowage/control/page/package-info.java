/**
 * The web page: a resource reads what the REST interface reads, a view says what is shown, and a
 * template, which escapes all that it is given, makes HTML of it. Scripts and style lie beside, in
 * {@code META-INF/resources/page}; what they do goes through the REST interface.
 */
@NullMarked
package io.stowage.control.page;

import org.jspecify.annotations.NullMarked;
