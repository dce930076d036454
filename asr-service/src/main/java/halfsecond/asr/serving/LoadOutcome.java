// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import java.time.Duration;

/**
 * A version that is loaded.
 *
 * @param loadTime what loading and warming up took; zero if it was loaded already
 */
public record LoadOutcome(ModelStatus status, Duration loadTime) {}
