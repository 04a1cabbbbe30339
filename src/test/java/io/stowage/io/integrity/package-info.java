/** Objects that are not what was stored any more: the same tests over each store. */
@org.jspecify.annotations.NullMarked
package io.stowage.io.integrity;
