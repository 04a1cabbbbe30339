package io.stowage.testing;

import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.AssetGraph;
import io.stowage.engine.AssetFunction;
import io.stowage.engine.AssetFunctions;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The assets of some classes: their graph, and the way to call each. */
final class AnnotatedClasses implements AssetFunctions {
  private final List<AssetDeclaration> declarations = new ArrayList<>();
  private final Map<String, AssetFunction> functions = new HashMap<>();
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final Map<AssetKey, Type> stored = new HashMap<>();
  private final AssetGraph graph;

  private AnnotatedClasses(List<Object> instancesOrClasses) {
    var faults = new ArrayList<String>();
    for (Object each : instancesOrClasses) {
      try {
        add(each, faults);
      } catch (StowageException e) {
        faults.add(e.getMessage());
      }
    }
    faults.addAll(AssetGraph.faults(declarations));
    if (!faults.isEmpty()) {
      throw ReflectionReader.fault(String.join("\n", faults));
    }
    graph = AssetGraph.of(declarations);
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} with all faults, one a line
   */
  static AnnotatedClasses of(Object... instancesOrClasses) {
    if (instancesOrClasses.length == 0) {
      throw ReflectionReader.fault("there are no classes of assets to run: give one");
    }
    return new AnnotatedClasses(List.of(instancesOrClasses));
  }

  private void add(Object instanceOrClass, List<String> faults) {
    Class<?> type =
        instanceOrClass instanceof Class<?> given ? given : group(instanceOrClass.getClass());
    var methods = methods(type);
    if (methods.isEmpty()) {
      throw ReflectionReader.fault(
          type.getName() + " has no method that is annotated @Asset or @MultiAsset");
    }
    var reader = new ReflectionReader(type);
    Object instance = instanceOrClass instanceof Class<?> ? created(type) : instanceOrClass;
    for (Method method : methods) {
      try {
        AssetDeclaration declaration = reader.declaration(method);
        functions.put(declaration.step(), function(method, instance));
        declarations.add(declaration);
      } catch (StowageException e) {
        faults.add(e.getMessage());
      }
    }
    classes.putAll(reader.classes());
    stored.putAll(reader.stored());
  }

  /** The annotated class of an instance: a container's proxy is a subclass of it. */
  private static Class<?> group(Class<?> type) {
    Class<?> found = type;
    while (found.getSuperclass() != null && !found.isAnnotationPresent(AssetGroup.class)) {
      found = found.getSuperclass();
    }
    return found.isAnnotationPresent(AssetGroup.class) ? found : type;
  }

  /** Inherited ones as well, by name; what a subclass overrides is not one of its methods. */
  private static List<Method> methods(Class<?> type) {
    var found = new LinkedHashMap<String, Method>();
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (!method.isBridge() && !method.isSynthetic()) {
          found.putIfAbsent(
              method.getName() + List.of(method.getParameterTypes()).toString(), method);
        }
      }
    }
    return found.values().stream()
        .filter(ReflectionReader::isAsset)
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static Object created(Class<?> type) {
    if (type.isInterface()
        || Modifier.isAbstract(type.getModifiers())
        || (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))) {
      throw ReflectionReader.fault(
          type.getName() + " cannot be created, being abstract or an inner class: make it static");
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw ReflectionReader.fault(
          type.getName()
              + " has no constructor without parameters: give an instance in place of the class");
    } catch (InvocationTargetException e) {
      throw ReflectionReader.fault(type.getName() + " cannot be created: " + e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw ReflectionReader.fault(type.getName() + " cannot be created: " + e);
    }
  }

  private static AssetFunction function(Method method, Object instance) {
    if (Modifier.isPrivate(method.getModifiers())) {
      throw ReflectionReader.fault(
          method.getDeclaringClass().getName()
              + "."
              + method.getName()
              + " computes an asset, so it must not be private");
    }
    method.setAccessible(true);
    return arguments -> {
      try {
        return method.invoke(instance, arguments);
      } catch (InvocationTargetException e) {
        switch (e.getCause()) {
          case Exception thrown -> throw thrown;
          case Error thrown -> throw thrown;
          case null, default -> throw e;
        }
      }
    };
  }

  AssetGraph graph() {
    return graph;
  }

  List<AssetDeclaration> declarations() {
    return List.copyOf(declarations);
  }

  /** The type of what is stored for an asset of the graph. */
  Type stored(AssetKey asset) {
    return Objects.requireNonNull(stored.get(asset));
  }

  @Override
  public AssetFunction function(String step) {
    AssetFunction function = functions.get(step);
    if (function == null) {
      throw new IllegalArgumentException("there is no step '" + step + "'");
    }
    return function;
  }

  @Override
  public Class<?> type(String name) {
    Class<?> type = classes.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no class was kept for the type '" + name + "'");
    }
    return type;
  }
}
