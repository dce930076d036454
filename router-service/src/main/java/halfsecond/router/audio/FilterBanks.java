// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The most recently used filter banks, shared by all sessions. Bounded, because the rate is the
 * client's choice and some rates have large banks (up to 550 KB). Thread-safe.
 */
final class FilterBanks {
  static final int CAPACITY = 16;

  private static final Map<SampleRate, FilterBank> RECENT =
      Collections.synchronizedMap(
          new LinkedHashMap<>(32, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<SampleRate, FilterBank> eldest) {
              return size() > CAPACITY;
            }
          });

  private FilterBanks() {}

  /**
   * The bank for a rate. Designed outside of the lock: two sessions may both design one, and that
   * does no harm.
   */
  static FilterBank get(SampleRate rate) {
    FilterBank known = RECENT.get(rate);
    if (known != null) {
      return known;
    }
    FilterBank designed = FilterBank.design(rate);
    RECENT.put(rate, designed);
    return designed;
  }

  static int size() {
    return RECENT.size();
  }
}
