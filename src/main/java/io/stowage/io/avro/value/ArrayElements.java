package io.stowage.io.avro.value;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array, primitive or not, seen as a list. */
final class ArrayElements extends AbstractList<@Nullable Object> {
  private final Object array;

  private ArrayElements(Object array) {
    this.array = array;
  }

  static List<@Nullable Object> of(Object array) {
    if (!array.getClass().isArray()) {
      throw new ClassCastException();
    }
    return new ArrayElements(array);
  }

  static Object array(Class<?> component, List<@Nullable Object> elements) {
    Object array = Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }

  @Override
  public @Nullable Object get(int index) {
    return Array.get(array, index);
  }

  @Override
  public int size() {
    return Array.getLength(array);
  }
}
