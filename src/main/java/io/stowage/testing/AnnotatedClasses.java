package io.stowage.testing;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.Job;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.api.partition.Partitions;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.build.DeclarationReader;
import io.stowage.engine.AssetFunction;
import io.stowage.engine.AssetFunctions;
import io.stowage.testing.model.ReflectedClass;
import io.stowage.testing.model.ReflectedMethod;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The assets of some classes: their graph, and the way to call each. */
final class AnnotatedClasses implements AssetFunctions {
  private final List<AssetDeclaration> declarations = new ArrayList<>();
  private final Map<String, AssetFunction> functions = new HashMap<>();
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final ReturnedDefinitions definitions = new ReturnedDefinitions();
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
    declarations.replaceAll(definitions::defined);
    faults.addAll(definitions.faults());
    faults.addAll(AssetGraph.faults(declarations));
    if (!faults.isEmpty()) {
      throw fault(String.join("\n", faults));
    }
    graph = AssetGraph.of(declarations);
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} with all faults, one a line
   */
  static AnnotatedClasses of(Object... instancesOrClasses) {
    if (instancesOrClasses.length == 0) {
      throw fault("there are no classes of assets to run: give one");
    }
    return new AnnotatedClasses(List.of(instancesOrClasses));
  }

  private void add(Object instanceOrClass, List<String> faults) {
    Class<?> type =
        instanceOrClass instanceof Class<?> given ? given : group(instanceOrClass.getClass());
    var methods = methods(type, AnnotatedClasses::isStep);
    if (methods.isEmpty()) {
      throw fault(
          type.getName()
              + " has no method that is annotated @Asset or @MultiAsset, nor @Op or @MultiOp");
    }
    var reader =
        DeclarationReader.of(
            new ReflectedClass(type), methods.stream().map(ReflectedMethod::new).toList());
    faults.addAll(reader.faults());
    Object instance = instanceOrClass instanceof Class<?> ? created(type) : instanceOrClass;
    for (DeclarationReader.Read read : reader.read()) {
      functions.put(
          read.declaration().step(),
          function(((ReflectedMethod) read.method()).method(), instance));
      declarations.add(read.declaration());
    }
    methods(type, AnnotatedClasses::isDefinition)
        .forEach(method -> definitions.add(method, function(method, instance)));
    reader.classes().forEach((name, info) -> classes.put(name, ((ReflectedClass) info).type()));
  }

  /** The annotated class of an instance: a container's proxy is a subclass of it. */
  private static Class<?> group(Class<?> type) {
    Class<?> found = type;
    while (found.getSuperclass() != null && !holdsSteps(found)) {
      found = found.getSuperclass();
    }
    return holdsSteps(found) ? found : type;
  }

  private static boolean holdsSteps(Class<?> type) {
    return type.isAnnotationPresent(AssetGroup.class) || type.isAnnotationPresent(Job.class);
  }

  /** Inherited ones as well, by name; what a subclass overrides is not one of its methods. */
  private static List<Method> methods(Class<?> type, Predicate<Method> wanted) {
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
        .filter(wanted)
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** Whether it bears an annotation of those by which a method is a step. */
  private static boolean isStep(Method method) {
    return Stream.of(method.getAnnotations())
        .anyMatch(
            annotation ->
                annotation.annotationType().getPackageName().equals(Asset.class.getPackageName()));
  }

  private static boolean isDefinition(Method method) {
    return method.isAnnotationPresent(Partitions.class) && !isStep(method);
  }

  /** The author's mapping of that name: its class is created as one of assets is. */
  static CustomPartitionMapping mapping(String name) {
    try {
      return (CustomPartitionMapping) created(Class.forName(name));
    } catch (ClassNotFoundException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, "there is no partition mapping '" + name + "'", e);
    }
  }

  static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  private static Object created(Class<?> type) {
    if (type.isInterface()
        || Modifier.isAbstract(type.getModifiers())
        || (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))) {
      throw fault(
          type.getName() + " cannot be created, being abstract or an inner class: make it static");
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw fault(
          type.getName()
              + " has no constructor without parameters: give an instance in place of the class");
    } catch (InvocationTargetException e) {
      throw fault(type.getName() + " cannot be created: " + e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw fault(type.getName() + " cannot be created: " + e);
    }
  }

  private static AssetFunction function(Method method, Object instance) {
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

  /** The type of what is stored for the output. */
  Type stored(OutputDeclaration output) {
    return resolved(output.storedType());
  }

  private Type resolved(DeclaredType type) {
    Class<?> raw = raw(type.name());
    return type.arguments().isEmpty()
        ? raw
        : Types.generic(raw, type.arguments().stream().map(this::resolved).toArray(Type[]::new));
  }

  private Class<?> raw(String name) {
    if (name.endsWith("[]")) {
      return raw(name.substring(0, name.length() - 2)).arrayType();
    }
    Class<?> primitive = Class.forPrimitiveName(name);
    if (primitive != null || classes.containsKey(name)) {
      return primitive != null ? primitive : type(name);
    }
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class '" + name + "'", e);
    }
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
