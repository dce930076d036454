// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.GraphChoice;
import halfsecond.deploy.loadtest.ProcessServers;
import halfsecond.loadtest.cli.Everything;
import halfsecond.loadtest.cli.LoadtestCommand;
import halfsecond.loadtest.cli.LoadtestContext;
import halfsecond.loadtest.html.HtmlReport;
import picocli.CommandLine;

/** The load test's commands with this program's servers to measure. */
final class LoadtestCommands {

  private LoadtestCommands() {}

  static CommandLine commandLine(CommandContext context) {
    ProcessServers servers =
        new ProcessServers(
            () -> Models.ensurePrepared(context, GraphChoice.WHERE_POSSIBLE),
            context.home().models(),
            context.home().path().resolve("loadtest"));
    return LoadtestCommand.commandLine(
        new LoadtestContext(
            servers,
            new Everything(),
            HtmlReport::render,
            context.terminal().out(),
            context.terminal().err(),
            context.terminal().errTty(),
            context.distribution().path()));
  }
}
