// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.redo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Words as hashes under a salt that is random, lives as long as this and is never stored: they can
 * be compared with each other and lead back to nothing. Not safe for use by several threads.
 */
final class WordHashes {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SALT_BYTES = 16;

  private final Mac mac;

  WordHashes() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }

  /** How often each word is there, in any order and whatever its case. */
  Map<Long, Integer> of(List<String> words) {
    Map<Long, Integer> counts = new HashMap<>();
    for (String word : words) {
      byte[] text = word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      counts.merge(ByteBuffer.wrap(mac.doFinal(text)).getLong(), 1, Integer::sum);
    }
    return counts;
  }

  /** Twice what two have in common over all that they have: 1 for the same words. */
  static double similarity(Map<Long, Integer> one, Map<Long, Integer> other) {
    int common = 0;
    for (Map.Entry<Long, Integer> word : one.entrySet()) {
      common += Math.min(word.getValue(), other.getOrDefault(word.getKey(), 0));
    }
    int all = size(one) + size(other);
    return all == 0 ? 0 : 2.0 * common / all;
  }

  private static int size(Map<Long, Integer> counts) {
    return counts.values().stream().mapToInt(it -> it).sum();
  }
}
