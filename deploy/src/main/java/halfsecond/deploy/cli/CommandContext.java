// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.install.Distribution;
import halfsecond.deploy.install.Home;
import halfsecond.deploy.view.Terminal;

/**
 * What every command needs.
 *
 * @param terminal where to write
 * @param home where state is kept
 * @param distribution what shipped with the program
 */
public record CommandContext(Terminal terminal, Home home, Distribution distribution) {

  /** Those of this process. */
  public static CommandContext system() {
    return new CommandContext(Terminal.system(), Home.find(), Distribution.find());
  }
}
