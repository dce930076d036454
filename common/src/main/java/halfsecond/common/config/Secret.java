// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

/** A value that is never printed: its text form is a mask. */
public record Secret(String value) {
  static final String MASK = "********";

  @Override
  public String toString() {
    return MASK;
  }
}
