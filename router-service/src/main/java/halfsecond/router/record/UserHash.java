// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes user keys so that records of one user on one day can be told to belong together and
 * nothing leads back: the salt is random, changes at midnight UTC, lives in this process only and
 * is never stored. Safe for use by any thread.
 */
public final class UserHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private record Salt(LocalDate day, SecretKeySpec key) {}

  private final Clock clock;
  private volatile Salt salt;

  public UserHash(Clock clock) {
    this.clock = clock;
    this.salt = fresh(today());
  }

  /** 32 hexadecimal digits; empty for an empty key. */
  public String of(String userKey) {
    if (userKey.isEmpty()) {
      return "";
    }
    Salt current = salt;
    LocalDate today = today();
    if (!current.day().equals(today)) {
      // Two threads may both do this at midnight; the records of that instant are told apart, which
      // harms nobody.
      current = fresh(today);
      salt = current;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(current.key());
      byte[] hash = mac.doFinal(userKey.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }

  private LocalDate today() {
    return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Salt fresh(LocalDate day) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return new Salt(day, new SecretKeySpec(random, ALGORITHM));
  }
}
