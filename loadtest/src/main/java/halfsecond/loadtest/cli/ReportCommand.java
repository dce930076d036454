// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.json.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Draws a report again. */
@Command(
    name = "report",
    description = "Draws the page of a report.json again, beside it or where told.",
    footer = {"", "Example:", "  loadtest report results/report.json"})
final class ReportCommand implements Callable<Integer> {
  private final LoadtestContext context;

  @Parameters(index = "0", paramLabel = "FILE.json", description = "A report of this program.")
  private @Nullable Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PAGE.html",
      description = "Where to; by default beside the file.")
  private @Nullable Path page;

  ReportCommand(LoadtestContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Path from = Objects.requireNonNull(file, "file");
    Path to = page == null ? from.resolveSibling(beside(from)) : page;
    Files.writeString(to, context.page().apply(ReportJson.read(from)));
    context.out().println(to);
    return LoadCommand.OK;
  }

  private static String beside(Path from) {
    return String.valueOf(from.getFileName()).replaceFirst("\\.json$", "") + ".html";
  }
}
