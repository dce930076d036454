// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.cli.LoadtestContext.Inventory;
import halfsecond.loadtest.corpus.Corpus;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that make load have in common. */
abstract class LoadCommand implements Callable<Integer> {
  static final int OK = 0;
  static final int MISSED = 1;

  private final LoadtestContext context;

  @Mixin private LoadOptions options = new LoadOptions();

  @Spec private @Nullable CommandSpec spec;

  LoadCommand(LoadtestContext context) {
    this.context = context;
  }

  /** Checks the values that picocli cannot, then does it. */
  @Override
  public final Integer call() throws Exception {
    try {
      return measure();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @return an exit code
   * @throws IllegalArgumentException for values that cannot be
   */
  abstract int measure() throws IOException, InterruptedException;

  LoadtestContext context() {
    return context;
  }

  LoadOptions options() {
    return options;
  }

  CommandSpec spec() {
    return Objects.requireNonNull(spec, "spec");
  }

  LiveLine live() {
    return new LiveLine(context.err(), context.tty());
  }

  Corpus corpus() throws IOException, InterruptedException {
    Inventory inventory = context.inventory();
    Corpus corpus = inventory.corpus(options.corpus());
    return options.wordEnds()
        ? inventory.withWordEnds(corpus, options.target().modelVersion(), context.servers())
        : corpus;
  }

  void print(String line) {
    context.out().println(line);
  }
}
