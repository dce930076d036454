// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.List;
import java.util.Map;

/**
 * A version that preparing makes: its number and what is set in {@code conf/model.conf}. What is
 * not named stays as the stock model has it.
 */
record Variant(int version, Map<String, String> decoding) {
  /** Without random noise in the features the same audio always gives the same text. */
  static final Map<String, String> FEATURES = Map.of("dither", "0");

  /** 1 is fast, 2 is more accurate: two versions that a rollout can move traffic between. */
  static final List<Variant> ALL =
      List.of(
          new Variant(1, Map.of("beam", "10.0", "max-active", "3000")),
          new Variant(2, Map.of("beam", "13.0", "max-active", "7000", "lattice-beam", "6.0")));
}
