// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks with JMH's own arguments: names (regular expressions; none means all) and
 * options, as {@code -h} lists in JMH's documentation. Unless told otherwise the results are also
 * written to {@code target/benchmarks.json}.
 */
public final class Benchmarks {
  private static final String RESULTS = "target/benchmarks.json";

  private Benchmarks() {}

  /** Exit code 0 when all were measured, 64 for wrong arguments, 70 when one failed. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    try {
      CommandLineOptions commandLine = new CommandLineOptions(args);
      OptionsBuilder options = new OptionsBuilder();
      options.parent(commandLine).shouldFailOnError(true);
      if (!commandLine.getResult().hasValue()) {
        options.resultFormat(ResultFormatType.JSON).result(RESULTS);
      }
      new Runner(options.build()).run();
      return 0;
    } catch (CommandLineOptionException e) {
      System.err.println(e.getMessage());
      return 64;
    } catch (RunnerException e) {
      System.err.println(e.getMessage());
      return 70;
    }
  }
}
