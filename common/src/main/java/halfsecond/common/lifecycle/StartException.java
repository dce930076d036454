// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

/**
 * A service cannot start for a reason outside of it. The message is one line that says what is
 * wrong and what to do about it.
 */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
