package io.stowage.testing;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.AssetOut;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.MultiAsset;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.DeclarationText;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.InputDeclaration;
import io.stowage.catalog.OutputDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotated methods of one class into declarations, by reflection: the twin of the
 * build's reader, of which {@code ReadersTest} holds it to be one.
 */
final class ReflectionReader {
  private final Class<?> owner;
  private final AssetGroup group;
  private final ReflectedTypes types = new ReflectedTypes();
  private final Map<AssetKey, Type> stored = new HashMap<>();

  ReflectionReader(Class<?> owner) {
    this.owner = owner;
    AssetGroup annotation = owner.getAnnotation(AssetGroup.class);
    if (annotation == null) {
      throw fault(
          owner.getName()
              + " has asset methods, but is no group of assets: annotate it @AssetGroup");
    }
    group = annotation;
  }

  /** The classes that the declared types of all methods read so far name. */
  Map<String, Class<?>> classes() {
    return types.classes();
  }

  /** The types of what is stored, as reflection has them. */
  Map<AssetKey, Type> stored() {
    return stored;
  }

  static boolean isAsset(Method method) {
    return method.isAnnotationPresent(Asset.class) || method.isAnnotationPresent(MultiAsset.class);
  }

  AssetDeclaration declaration(Method method) {
    String name = owner.getName() + "." + method.getName();
    try {
      return method.isAnnotationPresent(MultiAsset.class)
          ? multi(method, method.getAnnotation(MultiAsset.class), name)
          : single(method, method.getAnnotation(Asset.class), name);
    } catch (StowageException e) {
      throw String.valueOf(e.getMessage()).contains(name)
          ? e
          : new StowageException(e.code(), name + ": " + e.getMessage(), e);
    }
  }

  /** What both annotations say of a step. */
  private record Said(
      String description, List<String> tags, List<String> after, int attempts, String retryDelay) {}

  private AssetDeclaration single(Method method, Asset asset, String name) {
    AssetKey key = key(asset.value(), method.getName());
    DeclaredType type = types.valueOf(method.getGenericReturnType());
    stored.put(key, ReflectedTypes.emitted(method.getGenericReturnType()));
    var output =
        new OutputDeclaration(
            OutputDeclaration.RESULT,
            key,
            type,
            ReflectedTypes.nullable(method.getAnnotations(), method.getAnnotatedReturnType()),
            manager(asset.ioManager()),
            asset.description(),
            pairs("metadata", asset.metadata()),
            pairs("options", asset.options()));
    var said =
        new Said(
            asset.description(),
            List.of(asset.tags()),
            List.of(asset.after()),
            asset.attempts(),
            asset.retryDelay());
    return declaration(method, name, said, key.toString(), List.of(output));
  }

  private AssetDeclaration multi(Method method, MultiAsset multi, String name) {
    Type returned = ReflectedTypes.unwrapped(method.getGenericReturnType());
    if (!(returned instanceof Class<?> type) || !type.isRecord()) {
      throw fault(
          name
              + " is a multi-asset, so it must return a record whose components are the assets, not "
              + returned.getTypeName());
    }
    types.valueOf(type);
    var outputs =
        Stream.of(type.getRecordComponents())
            .map(component -> component(component, multi))
            .toList();
    var said =
        new Said(
            multi.description(),
            List.of(multi.tags()),
            List.of(multi.after()),
            multi.attempts(),
            multi.retryDelay());
    String step = key(multi.value(), method.getName()).toString();
    return declaration(method, name, said, step, outputs);
  }

  private OutputDeclaration component(RecordComponent component, MultiAsset multi) {
    @Nullable AssetOut out = component.getAnnotation(AssetOut.class);
    String own = out == null ? "" : out.ioManager();
    AssetKey key = key(out == null ? "" : out.value(), component.getName());
    stored.put(key, ReflectedTypes.emitted(component.getGenericType()));
    return new OutputDeclaration(
        component.getName(),
        key,
        types.valueOf(component.getGenericType()),
        ReflectedTypes.nullable(component.getAnnotations(), component.getAnnotatedType()),
        manager(own.isEmpty() ? multi.ioManager() : own),
        out == null ? "" : out.description(),
        out == null ? Map.of() : pairs("metadata", out.metadata()),
        out == null ? Map.of() : pairs("options", out.options()));
  }

  private AssetDeclaration declaration(
      Method method, String name, Said said, String step, List<OutputDeclaration> outputs) {
    var contexts = new HashSet<Integer>();
    var inputs = new ArrayList<InputDeclaration>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].getType() == AssetContext.class) {
        contexts.add(i);
      } else {
        inputs.add(input(parameters[i], i, name));
      }
    }
    return new AssetDeclaration(
        step,
        name,
        group.value(),
        group.queue(),
        said.description(),
        DeclarationText.pairs("tags", said.tags()),
        parameters.length,
        contexts,
        inputs,
        outputs,
        said.after().stream().map(AssetKey::of).toList(),
        ReflectedPartitions.definition(method),
        Optional.empty(),
        said.attempts(),
        DeclarationText.duration(name, said.retryDelay()));
  }

  private InputDeclaration input(Parameter parameter, int position, String method) {
    @Nullable Input input = parameter.getAnnotation(Input.class);
    String given = input == null ? "" : input.value();
    if (given.isEmpty() && !parameter.isNamePresent()) {
      throw fault(
          "the parameters of "
              + method
              + " have no names: compile with -parameters (maven.compiler.parameters=true)");
    }
    String manager = input == null ? "" : input.manager();
    return new InputDeclaration(
        position,
        parameter.getName(),
        types.declared(parameter.getParameterizedType()),
        given.isEmpty() ? Optional.empty() : Optional.of(AssetKey.of(given)),
        manager.isEmpty() ? Optional.empty() : Optional.of(manager),
        input == null ? Map.of() : pairs("options", input.options()),
        input == null ? Map.of() : pairs("metadata", input.metadata()),
        input != null && input.orderOnly(),
        input != null && input.allowMissingPartitions(),
        input == null
            ? DeclarationText.mapping("AUTOMATIC", 0, 0, List.of())
            : DeclarationText.mapping(
                input.mapping().name(),
                input.startOffset(),
                input.endOffset(),
                List.of(input.partitions())));
  }

  private AssetKey key(String whole, String name) {
    if (!whole.isEmpty()) {
      return AssetKey.of(whole);
    }
    return AssetKey.of(group.value().isEmpty() ? name : group.value() + "/" + name);
  }

  private String manager(String own) {
    return own.isEmpty() ? group.ioManager() : own;
  }

  private static Map<String, String> pairs(String member, String[] texts) {
    return DeclarationText.pairs(member, List.of(texts));
  }

  static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
