// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client asks of the detector; what is absent is the detector's default. Limits are those of
 * the contract.
 */
public record EndpointingOptions(
    OptionalInt aggressiveness,
    Optional<Duration> onset,
    Optional<Duration> onsetWindow,
    Optional<Duration> minSpeech,
    Optional<Duration> preRoll,
    Optional<Duration> hangover,
    Optional<Duration> trailingPadding,
    Optional<Duration> maxUtterance) {
  /** The detector's defaults. */
  public static final EndpointingOptions DEFAULTS =
      new EndpointingOptions(
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
