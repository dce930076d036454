// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.json.ReportJson;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.LoadReport.CorpusFacts;
import halfsecond.loadtest.result.TargetResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Puts a report together and writes it. */
final class Output {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'loadtest-'yyyyMMdd-HHmmss", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final LoadtestContext context;
  private final LoadOptions options;
  private final String command;
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Path folder;

  /**
   * @param command that makes the report
   * @throws IOException when the folder cannot be made
   */
  Output(LoadtestContext context, LoadOptions options, CommandSpec command) throws IOException {
    this.context = context;
    this.options = options;
    this.command = commandLine(command);
    this.folder = options.output().orElseGet(() -> Path.of(NAME.format(started)));
    Files.createDirectories(folder);
  }

  /** Where one target's histogram logs go. */
  Path logs(String target) {
    return folder.resolve(target);
  }

  /** Writes report.json and report.html, and says where. */
  LoadReport write(Corpus corpus, List<TargetResult> targets)
      throws IOException, InterruptedException {
    LoadReport report =
        new LoadReport(
            1,
            command,
            started.toString(),
            Machine.look(context.sources(), options.shown()),
            options.reported(),
            facts(corpus),
            targets);
    Files.writeString(folder.resolve("report.json"), ReportJson.write(report));
    Files.writeString(folder.resolve("report.html"), context.page().apply(report));
    return report;
  }

  Path page() {
    return folder.resolve("report.html");
  }

  private static CorpusFacts facts(Corpus corpus) {
    double total =
        corpus.queries().stream().mapToDouble(query -> query.length().toNanos() / 1e9).sum();
    List<Query> queries = corpus.queries();
    return new CorpusFacts(
        corpus.name(), corpus.description(), queries.size(), total / queries.size(), total);
  }

  private static String commandLine(CommandSpec command) {
    CommandSpec root = command.root();
    var parsed = root.commandLine().getParseResult();
    return parsed.originalArgs().stream()
        .map(Output::quoted)
        .collect(Collectors.joining(" ", root.name() + " ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
