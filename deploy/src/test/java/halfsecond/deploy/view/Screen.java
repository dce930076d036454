// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal whose output can be read back. */
public final class Screen {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private Screen(boolean tty, boolean unicode) {
    terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            tty,
            tty,
            tty,
            unicode);
  }

  /** Nobody looks: a pipe that takes ASCII. */
  public static Screen pipe() {
    return new Screen(false, false);
  }

  /** A person looks, with colours and Unicode. */
  public static Screen tty() {
    return new Screen(true, true);
  }

  public Terminal terminal() {
    return terminal;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
