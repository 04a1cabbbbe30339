package io.stowage.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script by which a shell completes commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(stowage completion bash)     # in ~/.bashrc",
      "  source <(stowage completion zsh)      # in ~/.zshrc"
    })
final class CompletionCommand implements Runnable {
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  private @Nullable Shell shell;

  /** The script is one for both: in zsh it begins by taking on bash's way. */
  @Override
  public void run() {
    var command = Objects.requireNonNull(spec).root().commandLine();
    PrintWriter out = command.getOut();
    String name = String.valueOf(shell).toLowerCase(Locale.ROOT);
    out.println("# for " + name + ": source <(stowage completion " + name + ")");
    out.print(AutoComplete.bash(command.getCommandName(), command));
    out.flush();
  }
}
