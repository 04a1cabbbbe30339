package io.stowage.cli;

import io.stowage.protocol.DynamicKeys;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "partitions",
    mixinStandardHelpOptions = true,
    description = {
      "Lists, adds and removes the keys of a dynamic definition; lists the partitions of an asset.",
      "What was stored of a removed key stays."
    })
final class PartitionsCommand implements Callable<Integer> {
  /** What is to be done with the keys. */
  enum Action {
    LIST,
    ADD,
    REMOVE
  }

  @Mixin private final Remote remote = new Remote();

  @Spec private @Nullable CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DEFINITION",
      description = "The name of the dynamic definition.")
  private @Nullable String definition;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "list (default), add, or remove.")
  private Action action = Action.LIST;

  @Parameters(index = "2..*", paramLabel = "KEYS", description = "Keys to add or to remove.")
  private List<String> keys = List.of();

  @Option(
      names = "--asset",
      paramLabel = "KEY",
      description = "List the partitions of this asset in place of a definition's keys.")
  private @Nullable String asset;

  @Override
  public Integer call() {
    check();
    var listed =
        switch (action) {
          case LIST -> remote.list("/v1/partitions?" + query(), String.class);
          case ADD -> change(keys, List.of());
          case REMOVE -> change(List.of(), keys);
        };
    if (remote.asJson()) {
      remote.printJson(listed);
    } else {
      listed.forEach(remote.out()::println);
    }
    remote.out().flush();
    return 0;
  }

  private void check() {
    if ((definition == null) == (asset == null)) {
      throw wrong("name a dynamic definition, or an asset with --asset");
    }
    if (action == Action.LIST && !keys.isEmpty()) {
      throw wrong("'list' takes no keys");
    }
    if (action != Action.LIST && keys.isEmpty()) {
      throw wrong("name the keys to " + action.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(java.util.Objects.requireNonNull(command).commandLine(), message);
  }

  private String query() {
    return asset != null
        ? "asset=" + Remote.encoded(asset)
        : "definition=" + Remote.encoded(String.valueOf(definition));
  }

  private List<String> change(List<String> add, List<String> remove) {
    return remote.postForList(
        "/v1/partitions", new DynamicKeys(String.valueOf(definition), add, remove), String.class);
  }
}
