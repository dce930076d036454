// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/**
 * The engine refused or failed. The message names what happened and never holds audio, text or
 * phrases.
 */
public final class RecognizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RecognizerException(String message) {
    super(message);
  }

  public RecognizerException(String message, Throwable cause) {
    super(message, cause);
  }
}
