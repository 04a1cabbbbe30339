/**
 * The queue's states and whoever may change them. A lease id, new at each claim, guards every
 * change of a run that is under way; one statement, or one transaction, does all of a change, the
 * events that tell of it included.
 */
@NullMarked
package io.stowage.control.queue;

import org.jspecify.annotations.NullMarked;
