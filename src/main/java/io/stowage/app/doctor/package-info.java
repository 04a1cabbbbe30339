/**
 * What {@code stowage doctor} looks at: each checkup is one kind of thing, and tells what it found
 * to a {@code Report}, with what to do about it. Nothing here changes anything that it does not put
 * back.
 */
@NullMarked
package io.stowage.app.doctor;

import org.jspecify.annotations.NullMarked;
