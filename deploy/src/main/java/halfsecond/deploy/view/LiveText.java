// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

/**
 * Shows hypotheses as they change: on a screen one line that is written over, into a pipe one line
 * each. Safe for use by any thread.
 */
public final class LiveText {

  private static final int SCREEN = 70;

  private final Terminal terminal;
  private final Object lock = new Object();
  private String shown = "";

  /** Writes to {@code terminal}'s {@code out}. */
  public LiveText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The text so far. */
  public void partial(String text) {
    synchronized (lock) {
      if (text.isEmpty() || text.equals(shown)) {
        return;
      }
      shown = text;
      if (terminal.outTty()) {
        String tail =
            text.length() <= SCREEN ? text : "..." + text.substring(text.length() - SCREEN);
        terminal.out().print("\r\u001b[K" + terminal.dim("  ... " + tail));
      } else {
        terminal.out().println("  ... " + text);
      }
      terminal.out().flush();
    }
  }

  /** The closing line of an utterance, in the place of the hypothesis. */
  public void closing(String line) {
    synchronized (lock) {
      if (terminal.outTty() && !shown.isEmpty()) {
        terminal.out().print("\r\u001b[K");
      }
      shown = "";
      terminal.out().println(line);
      terminal.out().flush();
    }
  }
}
