// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.kept;

import java.io.IOException;

/** Values of one kind as bytes. */
public interface Codec<T> {
  /** Names the value among those of its kind: 1 to 200 characters. */
  String id(T value);

  /** All of it. */
  byte[] write(T value);

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  T read(byte[] bytes) throws IOException;
}
