// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes the names of sessions and utterances: 128 random bits as 32 hexadecimal digits. Safe for
 * use by any thread.
 */
public final class Identifier {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Identifier() {}

  public static String random() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
