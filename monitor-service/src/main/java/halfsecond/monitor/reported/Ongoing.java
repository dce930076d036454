// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.threshold.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * An alarm that went on when the monitor stopped.
 *
 * @param fired empty if it was only suspected
 */
public record Ongoing(
    String id, Target target, Instant began, Instant suspected, Optional<Instant> fired) {}
