// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;

/**
 * A model cannot be found, trusted or made. The message is written for the operator: it says what
 * is wrong and, where there is one, what to do about it.
 */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message stands alone: no prefix is needed to understand it. */
  public ModelException(String message) {
    super(message);
  }

  /** As the other, with the failure that led to it. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
