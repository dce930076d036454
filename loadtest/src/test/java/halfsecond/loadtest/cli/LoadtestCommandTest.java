// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.json.ReportJson;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.targets.FinalAnswer;
import halfsecond.loadtest.targets.OpenTarget;
import halfsecond.loadtest.targets.QueryListener;
import halfsecond.loadtest.targets.QueryStream;
import halfsecond.loadtest.targets.Servers;
import halfsecond.loadtest.targets.Target;
import halfsecond.loadtest.targets.TargetOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LoadtestCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> heard = new ArrayList<>();

  /** Real time, for a second and a half; what the machine does meanwhile may make it invalid. */
  @Test
  void runsAndWritesAReport() throws IOException {
    Path output = folder.resolve("out");

    int code =
        run(
            "run --target quick --rate 20 --duration 1s --warm-up 0 --arrivals fixed --output "
                + output);

    LoadReport report = ReportJson.read(output.resolve("report.json"));
    RunResult run = report.targets().get(0).runs().get(0);
    assertThat(run.counts().scheduled()).isEqualTo(19);
    assertThat(run.counts().answered()).isEqualTo(19);
    assertThat(run.accuracy().errors()).isZero();
    assertThat(code).isEqualTo(run.valid() && run.counts().withinBound() == 19 ? 0 : 1);
    assertThat(run.latencies().isEmpty()).isEqualTo(!run.valid());
    assertThat(report.command())
        .isEqualTo(
            "loadtest run --target quick --rate 20 --duration 1s --warm-up 0 --arrivals fixed"
                + " --output "
                + output);
    assertThat(output.resolve("report.html")).hasContent("page of 1");
    assertThat(output.resolve("quick")).isDirectoryContaining("glob:**/01-run-20.00.hlog");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("19 queries");
  }

  @Test
  void measuresFromTheEndOfTheLastWordWhenAsked() throws IOException {
    Path output = folder.resolve("out");
    String line = "run --target quick --rate 20 --duration 1s --warm-up 0 --output " + output;
    int unused = run(line + " --word-ends --model en@1");

    RunResult run = ReportJson.read(output.resolve("report.json")).targets().get(0).runs().get(0);
    assertThat(heard).containsExactly("en@1");
    assertThat(run.latencies().containsKey(LatencyNames.FINAL_FROM_LAST_WORD))
        .isEqualTo(run.valid());
  }

  @Test
  void drawsTheReportAgain() throws IOException {
    Path output = folder.resolve("out");
    int unused =
        run("run --target quick --rate 20 --duration 100ms --warm-up 0 --output " + output);
    Files.delete(output.resolve("report.html"));

    assertThat(run("report " + output.resolve("report.json"))).isZero();
    assertThat(output.resolve("report.html")).hasContent("page of 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                              | COMMAND",
        "run --target quick                              | --rate",
        "run --target nobody --rate 1 --output OUT       | nobody",
        "run --target quick --rate 0                     | rate",
        "run --target quick --rate 1 --duration 5x       | 5x",
        "run --target quick --rate 1 --ramp 40s          | ramp",
        "run --target quick --rate 1 --chunk 2s          | chunk",
        "run --target quick --rate 1 --percentile 100    | percentile",
        "max-qps --target quick --target nobody          | nobody",
        "max-qps --target quick --minutes 0.5            | minute",
        "overload --target quick --capacity -1           | rate",
        "plan --rate 100                                 | costs are missing",
      })
  void teachesWhatIsWrong(String line, String taught) {
    assertThat(run(line.replace("OUT", folder.resolve("x").toString()))).isEqualTo(64);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(taught);
  }

  private int run(String line) {
    LoadtestContext context =
        new LoadtestContext(
            new NoServers(),
            new Quick(),
            report -> "page of " + report.targets().size(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            folder);
    CommandLine command = LoadtestCommand.commandLine(context);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    command.setParameterExceptionHandler(
        (problem, args) -> {
          problem.getCommandLine().getErr().println(problem.getMessage());
          return 64;
        });
    return command.execute(line.isEmpty() ? new String[0] : line.split(" +", -1));
  }

  /** Answers as soon as it is asked, with what was said. */
  private final class Quick implements LoadtestContext.Inventory, Target {
    @Override
    public List<String> targets() {
      return List.of("quick");
    }

    @Override
    public OpenTarget open(String name, TargetOptions options, Servers servers) {
      if (!name.equals("quick")) {
        throw new IllegalArgumentException("no target " + name);
      }
      return new OpenTarget(this, Map::of, () -> {});
    }

    @Override
    public Corpus corpus(String word) {
      return new Corpus(
          word,
          "short",
          List.of(
              new Query(
                  "a",
                  ByteString.copyFrom(new byte[3_200]),
                  "hello",
                  Duration.ofMillis(100),
                  Optional.empty())));
    }

    @Override
    public Corpus withWordEnds(Corpus corpus, Optional<String> model, Servers servers) {
      heard.add(model.orElse("newest"));
      Query query = corpus.queries().get(0);
      return new Corpus(
          corpus.name(),
          corpus.description(),
          List.of(
              new Query(
                  query.name(),
                  query.audio(),
                  query.transcript(),
                  query.speechEnd(),
                  Optional.of(Duration.ofMillis(40)))));
    }

    @Override
    public String name() {
      return "quick";
    }

    @Override
    public Map<String, String> facts() {
      return Map.of();
    }

    @Override
    public boolean serverFindsEnd() {
      return false;
    }

    @Override
    public QueryStream open(QueryListener listener) {
      return new QueryStream() {
        @Override
        public void audio(ByteString samples) {}

        @Override
        public void finish() {
          listener.answered(new FinalAnswer("hello", "", 0, List.of()));
          listener.closed();
        }

        @Override
        public void cancel() {}
      };
    }

    @Override
    public void close() {}
  }

  private static final class NoServers implements Servers {
    @Override
    public Path models() {
      throw new AssertionError("no models are needed");
    }

    @Override
    public Running suite(Map<String, String> settings) {
      throw new AssertionError("nothing is to be started");
    }

    @Override
    public Running router(String asrTarget, Map<String, String> settings) {
      throw new AssertionError("nothing is to be started");
    }
  }
}
