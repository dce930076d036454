// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.plan.PlanCommand;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The load test's commands, as a part of another program. */
@Command(
    name = "loadtest",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Measures speech servers: how many utterances a second at which latency.",
      "Utterances are spoken in real time and begin whether or not the server keeps up."
    },
    footer = {
      "",
      "Examples:",
      "  loadtest run --rate 5                  one load for half a minute",
      "  loadtest max-qps --target halfsecond   the largest rate that holds 500 ms",
      "",
      "Exit codes: 0 valid and within the bound, 1 not, 64 wrong usage."
    })
public final class LoadtestCommand implements Callable<Integer> {
  private static final int USAGE = 64;

  @Spec private @Nullable CommandSpec spec;

  private LoadtestCommand() {}

  /** With all its subcommands; not yet part of anything. */
  public static CommandLine commandLine(LoadtestContext context) {
    return new CommandLine(new LoadtestCommand())
        .addSubcommand(new RunCommand(context))
        .addSubcommand(new MaxQpsCommand(context))
        .addSubcommand(new OverloadCommand(context))
        .addSubcommand(new ReportCommand(context))
        .addSubcommand(new PlanCommand());
  }

  /** Given alone, it teaches what it can. */
  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec, "spec").commandLine();
    line.usage(line.getErr());
    return USAGE;
  }
}
