// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

/** ANSI styles. */
enum Ink {
  BOLD("1"),
  DIM("2"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  MAGENTA("35"),
  CYAN("36");

  static final String RESET = "\u001b[0m";

  private final String parameter;

  Ink(String parameter) {
    this.parameter = parameter;
  }

  String code() {
    return "\u001b[" + parameter + "m";
  }
}
