// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.targets.OpenTarget;
import halfsecond.loadtest.targets.Servers;
import halfsecond.loadtest.targets.TargetOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the commands need from the program that they are part of.
 *
 * @param servers starts what is to be measured
 * @param inventory what can be measured
 * @param page draws a report
 * @param out for answers
 * @param err for progress and problems
 * @param tty whether a person reads {@code err}, where a line may be written over
 * @param sources where the program lies: inside of a checkout its commit is noted
 */
public record LoadtestContext(
    Servers servers,
    Inventory inventory,
    Function<LoadReport, String> page,
    PrintStream out,
    PrintStream err,
    boolean tty,
    Path sources) {

  /** What can be measured, and with what. Outside of tests: everything that there is. */
  public interface Inventory {
    /** Names of targets. */
    List<String> targets();

    /**
     * Opens a target.
     *
     * @throws IllegalArgumentException for a name or options that cannot be
     */
    OpenTarget open(String name, TargetOptions options, Servers servers)
        throws IOException, InterruptedException;

    /**
     * Reads a corpus.
     *
     * @param word its name or folder
     * @throws IOException with what to do about it
     */
    Corpus corpus(String word) throws IOException;

    /**
     * The same with the ends of the last words, as a model hears them.
     *
     * @param model a version; empty for the newest
     * @throws IOException with what to do about it
     */
    Corpus withWordEnds(Corpus corpus, Optional<String> model, Servers servers)
        throws IOException, InterruptedException;
  }
}
