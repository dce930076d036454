// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

/** What is kept cannot be read or written. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
