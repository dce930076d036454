// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import org.jspecify.annotations.Nullable;

/**
 * A command cannot do what it was asked for; the message tells a person why and what would help.
 */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    this(exitCode, message, null);
  }

  CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
