package io.stowage.catalog.build;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.AssetOut;
import io.stowage.api.Backoff;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.Input;
import io.stowage.api.Jitter;
import io.stowage.api.Job;
import io.stowage.api.MultiAsset;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.OpOut;
import io.stowage.api.SchemaPolicy;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.schedule.Schedule;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.DeclarationText;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.InputDeclaration;
import io.stowage.catalog.JobDeclaration;
import io.stowage.catalog.MappingText;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.RangeRules;
import io.stowage.catalog.RetryRules;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.enterprise.lang.model.declarations.RecordComponentInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the annotated methods of one class into declarations, by CDI's language model: no class is
 * loaded.
 */
final class LanguageModelReader {
  private final ClassInfo owner;
  private final Attributes group;
  private final Optional<JobDeclaration> job;
  private final String prefix;
  private final TypeReader types = new TypeReader();

  LanguageModelReader(ClassInfo owner) {
    this.owner = owner;
    AnnotationInfo assets = owner.annotation(AssetGroup.class);
    AnnotationInfo ops = owner.annotation(Job.class);
    if (assets == null && ops == null) {
      throw fault(
          owner.name()
              + " has methods of assets or ops, but is neither a group nor a job: annotate it @AssetGroup or @Job");
    }
    if (assets != null && ops != null) {
      throw fault(
          owner.name() + " is a group of assets and a job: put the ops into a class of their own");
    }
    if (assets != null && owner.hasAnnotation(Schedule.class)) {
      throw fault(
          owner.name()
              + " is a group of assets, each of which may have a schedule: put @Schedule on their methods");
    }
    group = new Attributes(assets == null ? ops : assets);
    job = ops == null ? Optional.empty() : Optional.of(JobReader.job(owner, group));
    prefix = job.map(JobDeclaration::name).orElseGet(() -> group.text("value"));
  }

  /** The classes that the declared types of all methods read so far name. */
  Map<String, ClassInfo> classes() {
    return types.classes();
  }

  AssetDeclaration declaration(MethodInfo method) {
    String name = owner.name() + "." + method.name();
    if (Modifier.isPrivate(method.modifiers())) {
      throw fault(name + " computes an asset, so it must not be private");
    }
    try {
      JobReader.check(method, job.isPresent());
      if (method.hasAnnotation(AssetCheck.class)) {
        return CheckReader.declaration(method, read(method, name));
      }
      return JobReader.isMulti(method) ? multi(method, name) : single(method, name);
    } catch (StowageException e) {
      throw String.valueOf(e.getMessage()).contains(name)
          ? e
          : new StowageException(e.code(), name + ": " + e.getMessage(), e);
    }
  }

  private CheckReader.Read read(MethodInfo method, String name) {
    var contexts = new HashSet<Integer>();
    var inputs = new ArrayList<InputDeclaration>();
    parameters(method, contexts, inputs);
    return new CheckReader.Read(
        name,
        prefix,
        group.text("queue", "default"),
        contexts,
        inputs,
        types.declared(method.returnType()).toString());
  }

  private AssetDeclaration single(MethodInfo method, String name) {
    var asset =
        new Attributes(
            job.isPresent() ? method.annotation(Op.class) : method.annotation(Asset.class));
    AssetKey key = key(asset.text("value"), method.name());
    DeclaredType type =
        RangeRules.stored(
            types.valueOf(method.returnType()), PartitionReader.maxPartitionsPerRun(method));
    var output =
        new OutputDeclaration(
            OutputDeclaration.RESULT,
            key,
            type,
            nullable(method),
            manager(asset.text("ioManager")),
            asset.text("description"),
            pairs(asset, "metadata"),
            pairs(asset, "options"),
            policy(asset));
    return declaration(method, name, asset, key.toString(), List.of(output));
  }

  private AssetDeclaration multi(MethodInfo method, String name) {
    var multi =
        new Attributes(
            job.isPresent()
                ? method.annotation(MultiOp.class)
                : method.annotation(MultiAsset.class));
    Type returned = types.unwrapped(method.returnType());
    if (!returned.isClass() || !returned.asClass().declaration().isRecord()) {
      throw fault(
          name
              + " has several outputs, so it must return a record whose components they are, not "
              + returned);
    }
    types.valueOf(returned);
    var outputs = new ArrayList<OutputDeclaration>();
    for (RecordComponentInfo component : returned.asClass().declaration().recordComponents()) {
      outputs.add(component(component, multi, PartitionReader.maxPartitionsPerRun(method)));
    }
    return declaration(
        method, name, multi, key(multi.text("value"), method.name()).toString(), outputs);
  }

  private OutputDeclaration component(
      RecordComponentInfo component, Attributes multi, int maxPartitionsPerRun) {
    if (component.hasAnnotation(job.isPresent() ? AssetOut.class : OpOut.class)) {
      throw fault(
          "output '"
              + component.name()
              + (job.isPresent()
                  ? "' of an op bears @AssetOut: annotate it @OpOut"
                  : "' of a multi-asset bears @OpOut: annotate it @AssetOut"));
    }
    var out =
        new Attributes(
            job.isPresent()
                ? component.annotation(OpOut.class)
                : component.annotation(AssetOut.class));
    String manager =
        out.text("ioManager").isEmpty() ? multi.text("ioManager") : out.text("ioManager");
    return new OutputDeclaration(
        component.name(),
        key(out.text("value"), component.name()),
        RangeRules.stored(types.valueOf(component.type()), maxPartitionsPerRun),
        TypeReader.nullable(component.annotations(), component.type()),
        manager(manager),
        out.text("description"),
        pairs(out, "metadata"),
        pairs(out, "options"),
        policy(out));
  }

  private AssetDeclaration declaration(
      MethodInfo method,
      String name,
      Attributes asset,
      String step,
      List<OutputDeclaration> outputs) {
    var contexts = new HashSet<Integer>();
    var inputs = new ArrayList<InputDeclaration>();
    parameters(method, contexts, inputs);
    return new AssetDeclaration(
        step,
        name,
        prefix,
        group.text("queue", "default"),
        asset.text("description"),
        pairs(asset, "tags"),
        method.parameters().size(),
        contexts,
        inputs,
        outputs,
        asset.texts("after").stream().map(AssetKey::of).toList(),
        job.isPresent()
            ? PartitionReader.definition(owner.annotations())
            : PartitionReader.definition(method),
        PartitionReader.definedBy(method),
        asset.number("attempts", 1),
        DeclarationText.duration(name, asset.text("retryDelay", "PT1S")),
        PartitionReader.maxPartitionsPerRun(method),
        Optional.empty(),
        job,
        retries(asset),
        ScheduleReader.of(method));
  }

  private void parameters(MethodInfo method, Set<Integer> contexts, List<InputDeclaration> inputs) {
    for (int i = 0; i < method.parameters().size(); i++) {
      ParameterInfo parameter = method.parameters().get(i);
      if (types.declared(parameter.type()).is(AssetContext.class.getName())) {
        contexts.add(i);
      } else {
        inputs.addAll(GatheredInputs.of(input(parameter, i), parameter));
      }
    }
  }

  private InputDeclaration input(ParameterInfo parameter, int position) {
    var input = new Attributes(parameter.annotation(Input.class));
    String given = input.text("value");
    String manager = input.text("manager");
    return new InputDeclaration(
        position,
        parameter.name(),
        types.declared(parameter.type()),
        given.isEmpty() ? Optional.empty() : Optional.of(AssetKey.of(given)),
        manager.isEmpty() ? Optional.empty() : Optional.of(manager),
        pairs(input, "options"),
        pairs(input, "metadata"),
        input.flag("orderOnly"),
        input.flag("allowMissingPartitions"),
        mapping(input));
  }

  private static PartitionMapping mapping(Attributes input) {
    return new MappingText(
            input.word("mapping", "AUTOMATIC"),
            input.number("startOffset", 0),
            input.number("endOffset", 0),
            input.texts("partitions"),
            input.text("dimension"),
            input.texts("dimensions"),
            input.type("customMapping"))
        .mapping();
  }

  private AssetKey key(String whole, String name) {
    if (!whole.isEmpty()) {
      return AssetKey.of(whole);
    }
    return AssetKey.of(prefix.isEmpty() ? name : prefix + "/" + name);
  }

  private String manager(String own) {
    return own.isEmpty() ? group.text("ioManager", "default") : own;
  }

  private static SchemaPolicy policy(Attributes attributes) {
    return SchemaPolicy.valueOf(attributes.word("schemaPolicy", SchemaPolicy.BACKWARD.name()));
  }

  static RetryRules retries(Attributes attributes) {
    return new RetryRules(
        Backoff.valueOf(attributes.word("backoff", Backoff.EXPONENTIAL.name())),
        Jitter.valueOf(attributes.word("jitter", Jitter.NONE.name())),
        attributes
            .words("retryOn")
            .map(words -> words.stream().map(ErrorKind::valueOf).collect(Collectors.toSet()))
            .orElse(RetryRules.DEFAULT.on()));
  }

  private static boolean nullable(MethodInfo method) {
    return TypeReader.nullable(method.annotations(), method.returnType());
  }

  private static Map<String, String> pairs(Attributes attributes, String member) {
    return DeclarationText.pairs(member, attributes.texts(member));
  }

  static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
