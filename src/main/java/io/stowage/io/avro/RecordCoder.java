package io.stowage.io.avro;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A record by its components' accessors and its canonical constructor, both by core reflection: in
 * a native image that costs a fifth of what method handles do. The fields are set once the record's
 * own coder exists, since records may hold themselves.
 */
final class RecordCoder extends Coder {
  private final Class<?> type;
  private final Method[] accessors;
  private final Constructor<?> constructor;
  private Coder[] fields = {};
  private String[] names = {};

  RecordCoder(Class<?> type, Schema schema) {
    super(schema);
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    accessors = new Method[components.length];
    var types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        accessors[i] = components[i].getAccessor();
        accessors[i].setAccessible(true);
        types[i] = components[i].getType();
      }
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new StowageException(
          ErrorCode.INTERNAL_ERROR,
          "record " + type.getName() + " has no canonical constructor here",
          e);
    }
  }

  void fields(String[] fieldNames, Coder[] coders) {
    names = fieldNames.clone();
    fields = coders.clone();
  }

  @Override
  void write(@Nullable Object value, Encoder out) throws IOException {
    if (!type.isInstance(value)) {
      throw wrongType(type.getSimpleName(), value);
    }
    for (int i = 0; i < fields.length; i++) {
      try {
        fields[i].write(accessors[i].invoke(value), out);
      } catch (NotEncodable e) {
        throw e.within(names[i]);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new NotEncodable(names[i], "its accessor failed: " + e.getCause());
      }
    }
  }

  @Override
  Object read(ResolvingDecoder in) throws IOException {
    @Nullable Object[] values = new Object[fields.length];
    for (Schema.Field field : in.readFieldOrder()) {
      values[field.pos()] = fields[field.pos()].read(in);
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "a stored " + type.getSimpleName() + " is refused by its constructor: " + e.getCause(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new StowageException(ErrorCode.INTERNAL_ERROR, "cannot make a " + type.getName(), e);
    }
  }
}
