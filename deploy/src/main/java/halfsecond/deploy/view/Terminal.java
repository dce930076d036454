// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * Where a command writes. Answers go to {@code out}; progress, warnings and errors to {@code err},
 * so that a pipe gets answers only.
 *
 * @param out answers
 * @param err everything else
 * @param outTty whether a person reads {@code out}
 * @param errTty whether a person reads {@code err}
 * @param colour whether colours may be used where a person reads
 * @param unicode whether both can show more than ASCII
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outTty,
    boolean errTty,
    boolean colour,
    boolean unicode) {

  /**
   * System property set by the launcher script, which can ask the shell: {@code out}, {@code err},
   * both or none.
   */
  public static final String TTY_PROPERTY = "halfsecond.tty";

  /** This process's own streams. */
  public static Terminal system() {
    Map<String, String> environment = System.getenv();
    String tty = System.getProperty(TTY_PROPERTY, "");
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean colour = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean unicode = Charset.defaultCharset().newEncoder().canEncode('█');
    return new Terminal(
        System.out,
        System.err,
        tty.contains("out") && !dumb,
        tty.contains("err") && !dumb,
        colour,
        unicode);
  }

  /** {@code text} in a colour if {@code out} shows colours. */
  String paint(Ink ink, String text) {
    return outTty && colour ? ink.code() + text + Ink.RESET : text;
  }

  /** Marks text of little weight, if {@code out} shows colours. */
  public String dim(String text) {
    return paint(Ink.DIM, text);
  }

  /** Marks the text that matters, if {@code out} shows colours. */
  public String bold(String text) {
    return paint(Ink.BOLD, text);
  }
}
