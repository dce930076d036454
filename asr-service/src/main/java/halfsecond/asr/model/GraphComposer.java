// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Composes the two parts of a lookahead graph into the one static graph that says the same. For the
 * English model: about half a minute of one core, 0.75 GB of memory and 0.5 GB of disk. The steps,
 * and why each is there, are in docs/adr/0003-static-graph.md.
 */
final class GraphComposer {
  private static final long NEEDED_BYTES = 512L << 20;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration COMPOSING = Duration.ofSeconds(25);
  private static final Duration CONVERTING = Duration.ofSeconds(5);

  private final OpenFst tools;
  private final Path work;
  private final ToolRun run;

  /**
   * @param work an empty directory; the result stays in it
   */
  GraphComposer(OpenFst tools, Path work, ProgressListener progress) {
    this.tools = tools;
    this.work = work;
    this.run = new ToolRun(work, tools.toolEnvironment(), progress);
  }

  StaticGraph compose(Path model) throws IOException, InterruptedException {
    requireSpace();
    Path left = model.resolve(ModelPaths.LOOKAHEAD_LEFT);
    Path words = work.resolve("words.txt");
    Path bare = work.resolve("bare.fst");
    Path grammar = work.resolve("grammar.fst");
    Path composed = work.resolve("composed.fst");
    Path relabelled = work.resolve("relabelled.fst");
    Path graph = work.resolve("HCLG.fst");

    // The tools cannot read back a composed graph with the symbol tables that Gr.fst carries.
    run(
        "reading the language model",
        SHORT,
        "fstsymbols",
        "--save_osymbols=" + words,
        "--clear_isymbols",
        "--clear_osymbols",
        model.resolve(ModelPaths.LOOKAHEAD_RIGHT),
        bare);
    run("sorting the language model", SHORT, "fstarcsort", "--sort_type=ilabel", bare, grammar);
    Files.delete(bare);
    run(
        "composing the static graph",
        COMPOSING,
        "fstcompose",
        "--fst_compat_symbols=false",
        left,
        grammar,
        composed);
    Files.delete(grammar);
    run(
        "removing disambiguation symbols",
        SHORT,
        "fstrelabel",
        "--relabel_ipairs=" + disambiguationPairs(model),
        composed,
        relabelled);
    Files.delete(composed);
    run(
        "packing the static graph",
        CONVERTING,
        "fstconvert",
        "--fst_type=const",
        relabelled,
        graph);
    Files.delete(relabelled);
    return new StaticGraph(graph, words, Map.of("openfst", tools.version()));
  }

  private void run(String step, Duration expected, String tool, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(tools.tool(tool));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    run.run(step, expected, LIMIT, command);
  }

  // Disambiguation symbols only kept composition apart; for decoding they have to be epsilons.
  private Path disambiguationPairs(Path model) throws IOException {
    Path symbols = model.resolve("graph/disambig_tid.int");
    Path pairs = work.resolve("relabel.txt");
    List<String> lines = new ArrayList<>();
    for (String symbol : Files.readAllLines(symbols)) {
      lines.add(symbol.strip() + "\t0");
    }
    return Files.write(pairs, lines);
  }

  private void requireSpace() throws IOException {
    if (Files.getFileStore(work).getUsableSpace() < NEEDED_BYTES) {
      throw new ModelException(
          "composing the static graph needs 512 MiB of free disk beside the models; free some, or prepare with"
              + " --no-static-graph");
    }
  }
}
