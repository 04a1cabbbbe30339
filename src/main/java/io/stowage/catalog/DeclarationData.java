package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.Backoff;
import io.stowage.api.Jitter;
import io.stowage.api.SchemaPolicy;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.schedule.CatchUp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Declarations as maps of plain values, which is how they get from the build into the application.
 */
@SuppressWarnings("unchecked")
public final class DeclarationData {
  private DeclarationData() {}

  public static Map<String, @Nullable Object> of(AssetDeclaration declaration) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("step", declaration.step());
    data.put("method", declaration.method());
    data.put("group", declaration.group());
    data.put("queue", declaration.queue());
    data.put("description", declaration.description());
    data.put("tags", declaration.tags());
    data.put("parameterCount", declaration.parameterCount());
    data.put("contexts", List.copyOf(declaration.contexts()));
    data.put("inputs", declaration.inputs().stream().map(DeclarationData::of).toList());
    data.put("outputs", declaration.outputs().stream().map(DeclarationData::of).toList());
    data.put("after", declaration.after().stream().map(AssetKey::toString).toList());
    data.put("partitions", declaration.partitions().map(PartitionsDefinition::toData).orElse(null));
    data.put("partitionsMethod", declaration.partitionsMethod().orElse(null));
    data.put("attempts", declaration.attempts());
    data.put("retryDelay", declaration.retryDelay().toString());
    data.put("backoff", declaration.retryRules().backoff().name());
    data.put("jitter", declaration.retryRules().jitter().name());
    data.put("retryOn", declaration.retryRules().onText());
    data.put("maxPartitionsPerRun", declaration.maxPartitionsPerRun());
    data.put("check", declaration.check().map(DeclarationData::of).orElse(null));
    data.put("job", declaration.job().map(DeclarationData::of).orElse(null));
    data.put("schedule", declaration.schedule().map(DeclarationData::of).orElse(null));
    return data;
  }

  private static Map<String, Object> of(CheckDeclaration check) {
    var data = new LinkedHashMap<String, Object>();
    data.put("asset", check.asset().toString());
    data.put("name", check.name());
    data.put("blocking", check.blocking());
    return data;
  }

  private static Map<String, @Nullable Object> of(JobDeclaration job) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("name", job.name());
    data.put("description", job.description());
    data.put("schedule", job.schedule().map(DeclarationData::of).orElse(null));
    return data;
  }

  private static Map<String, Object> of(ScheduleDeclaration schedule) {
    var data = new LinkedHashMap<String, Object>();
    data.put("cron", schedule.cron());
    data.put("zone", schedule.zone());
    data.put("catchUp", schedule.catchUp().name());
    data.put("maxCatchUp", schedule.maxCatchUp());
    data.put("upstream", schedule.upstream());
    return data;
  }

  private static Map<String, @Nullable Object> of(InputDeclaration input) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("position", input.position());
    data.put("name", input.name());
    data.put("type", input.type().toString());
    data.put("given", input.given().map(AssetKey::toString).orElse(null));
    data.put("manager", input.manager().orElse(null));
    data.put("options", input.options());
    data.put("metadata", input.metadata());
    data.put("orderOnly", input.orderOnly());
    data.put("allowMissingPartitions", input.allowMissingPartitions());
    data.put("mapping", input.mapping().toData());
    data.put("gathering", input.gathering().name());
    return data;
  }

  private static Map<String, @Nullable Object> of(OutputDeclaration output) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("name", output.name());
    data.put("asset", output.asset().toString());
    data.put("type", output.type().toString());
    data.put("nullable", output.nullable());
    data.put("ioManager", output.ioManager());
    data.put("description", output.description());
    data.put("metadata", output.metadata());
    data.put("options", output.options());
    data.put("schemaPolicy", output.schemaPolicy().name());
    return data;
  }

  /** The declaration whose data {@link #of(AssetDeclaration)} made. */
  public static AssetDeclaration read(Map<String, ? extends @Nullable Object> data) {
    var fields = new Fields(data);
    return new AssetDeclaration(
        fields.text("step"),
        fields.text("method"),
        fields.text("group"),
        fields.text("queue"),
        fields.text("description"),
        fields.texts("tags"),
        fields.number("parameterCount"),
        fields.list("contexts").stream()
            .map(position -> ((Number) position).intValue())
            .collect(Collectors.toSet()),
        fields.list("inputs").stream().map(input -> input((Map<String, Object>) input)).toList(),
        fields.list("outputs").stream()
            .map(output -> output((Map<String, Object>) output))
            .toList(),
        fields.list("after").stream().map(key -> AssetKey.of((String) key)).toList(),
        fields.map("partitions").map(PartitionsDefinition::fromData),
        fields.optional("partitionsMethod"),
        fields.number("attempts"),
        Duration.parse(fields.text("retryDelay")),
        fields.number("maxPartitionsPerRun", 1),
        fields.map("check").map(DeclarationData::check),
        fields.map("job").map(DeclarationData::job),
        new RetryRules(
            fields.optional("backoff").map(Backoff::valueOf).orElse(Backoff.EXPONENTIAL),
            fields.optional("jitter").map(Jitter::valueOf).orElse(Jitter.NONE),
            fields.optional("retryOn").map(RetryRules::kinds).orElse(RetryRules.DEFAULT.on())),
        fields.map("schedule").map(DeclarationData::schedule));
  }

  private static ScheduleDeclaration schedule(Map<String, Object> data) {
    var fields = new Fields(data);
    return new ScheduleDeclaration(
        fields.text("cron"),
        fields.text("zone"),
        CatchUp.valueOf(fields.text("catchUp")),
        fields.number("maxCatchUp"),
        fields.flag("upstream"));
  }

  private static JobDeclaration job(Map<String, Object> data) {
    var fields = new Fields(data);
    return new JobDeclaration(
        fields.text("name"),
        fields.text("description"),
        fields.map("schedule").map(DeclarationData::schedule));
  }

  private static CheckDeclaration check(Map<String, Object> data) {
    var fields = new Fields(data);
    return new CheckDeclaration(
        AssetKey.of(fields.text("asset")), fields.text("name"), fields.flag("blocking"));
  }

  private static InputDeclaration input(Map<String, Object> data) {
    var fields = new Fields(data);
    return new InputDeclaration(
        fields.number("position"),
        fields.text("name"),
        DeclaredType.parse(fields.text("type")),
        fields.optional("given").map(AssetKey::of),
        fields.optional("manager"),
        fields.texts("options"),
        fields.texts("metadata"),
        fields.flag("orderOnly"),
        fields.flag("allowMissingPartitions"),
        PartitionMapping.fromData(fields.map("mapping").orElseThrow()),
        fields.optional("gathering").map(Gathering::valueOf).orElse(Gathering.NONE));
  }

  private static OutputDeclaration output(Map<String, Object> data) {
    var fields = new Fields(data);
    return new OutputDeclaration(
        fields.text("name"),
        AssetKey.of(fields.text("asset")),
        DeclaredType.parse(fields.text("type")),
        fields.flag("nullable"),
        fields.text("ioManager"),
        fields.text("description"),
        fields.texts("metadata"),
        fields.texts("options"),
        // A worker of before this setting does not say it.
        fields.optional("schemaPolicy").map(SchemaPolicy::valueOf).orElse(SchemaPolicy.BACKWARD));
  }

  private record Fields(Map<String, ? extends @Nullable Object> data) {
    Object value(String name) {
      Object value = data.get(name);
      if (value == null) {
        throw new IllegalArgumentException("a declaration has no '" + name + "': " + data);
      }
      return value;
    }

    String text(String name) {
      return (String) value(name);
    }

    int number(String name) {
      return ((Number) value(name)).intValue();
    }

    /** Of data that an older version made, the number is absent. */
    int number(String name, int otherwise) {
      return data.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    boolean flag(String name) {
      return (Boolean) value(name);
    }

    List<Object> list(String name) {
      return (List<Object>) value(name);
    }

    Map<String, String> texts(String name) {
      return (Map<String, String>) value(name);
    }

    Optional<String> optional(String name) {
      return Optional.ofNullable((String) data.get(name));
    }

    Optional<Map<String, Object>> map(String name) {
      return Optional.ofNullable((Map<String, Object>) data.get(name));
    }
  }
}
