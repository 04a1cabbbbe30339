package io.stowage.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.stowage.api.StowageException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code stowage}: the main of our binary, and of every user's application. */
@QuarkusMain
@Command(
    name = "stowage",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs data assets and looks after where they are stored.",
    subcommands = {
      SubmitCommand.class,
      RunCommand.class,
      RunsCommand.class,
      AssetCommand.class,
      AssetsCommand.class,
      JobsCommand.class,
      MaterializationsCommand.class,
      ValueCommand.class,
      BackfillCommand.class,
      BackfillsCommand.class,
      SchedulesCommand.class,
      ScheduleCommand.class,
      PartitionsCommand.class,
      SweepCommand.class,
      WipeCommand.class,
      QueuesCommand.class,
      QueueCommand.class,
      WorkersCommand.class,
      DeadCommand.class,
      DoctorCommand.class,
      ServeCommand.class,
      WorkerCommand.class,
      MigrateCommand.class,
      DevCommand.class,
      CompletionCommand.class
    },
    footer = {
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 64 configuration, 69 out of reach,",
      "70 a bug, 75 the lease was lost. `stowage COMMAND --help` tells more."
    })
public final class Main implements Runnable {
  static final int FAILED = 1;
  static final int CONFIGURATION = 64;
  static final int OUT_OF_REACH = 69;
  static final int BUG = 70;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The control plane and token of that name in contexts.properties.")
  private @Nullable String context;

  public static void main(String... arguments) {
    Launch.arguments(arguments);
    int code = commandLine().execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    var main = new Main();
    var line =
        new CommandLine(main)
            .setUsageHelpWidth(80)
            .setExecutionStrategy(main::execute)
            .setExecutionExceptionHandler(Main::explain)
            .setCaseInsensitiveEnumValuesAllowed(true);
    CommandHelp.apply(line);
    return line;
  }

  private int execute(ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    try {
      if (!command.isUsageHelpRequested() && !command.isVersionHelpRequested()) {
        chooseContext(command);
      }
    } catch (StowageException e) {
      throw new ExecutionException(command, "no context", e);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** What the command line says goes before the environment's URL, and that before its context. */
  private void chooseContext(CommandLine command) {
    boolean told = command.getParseResult().hasMatchedOption("--url");
    String name = context;
    if (name != null && (told || !CommandHelp.asksControlPlane(command))) {
      throw new ParameterException(
          command,
          told
              ? "--context and --url are both given: one of them says which control plane"
              : "'" + command.getCommandName() + "' asks no control plane: leave out --context");
    }
    if (name == null
        && !told
        && CommandHelp.asksControlPlane(command)
        && !Launch.isSet("stowage.control.url")) {
      name = System.getenv("STOWAGE_CONTEXT");
    }
    if (name != null && !name.isBlank()) {
      Contexts.read(Contexts.usualFile()).choose(name);
    }
  }

  /**
   * Without a command: {@code dev} inside `quarkus:dev`, where nobody gives one, and the help
   * elsewhere.
   */
  @Override
  public void run() {
    if (Launch.inDevMode()) {
      Launch.role("dev");
    } else if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  private static int explain(Exception e, CommandLine command, @Nullable ParseResult result) {
    PrintWriter err = command.getErr();
    if (e instanceof StowageException told) {
      return told(told, err);
    }
    err.println("stowage: " + e + "; this is a bug, please report it with the log");
    System.getLogger(Main.class.getName()).log(System.Logger.Level.DEBUG, "not expected", e);
    return BUG;
  }

  /** Says what failed; the exit code that it has. */
  static int told(StowageException told, PrintWriter err) {
    err.println("stowage: " + told.getMessage());
    return switch (told.kind()) {
      case CALLER ->
          told.code().status() == 422 && told.code().word().contains("configuration")
              ? CONFIGURATION
              : FAILED;
      case TRANSIENT -> OUT_OF_REACH;
      case ASSET -> FAILED;
      case INTERNAL -> BUG;
    };
  }
}
