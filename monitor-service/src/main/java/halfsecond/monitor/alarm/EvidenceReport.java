// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One test of one metric, with the numbers needed to check it.
 *
 * @param cohort empty for everybody
 * @param from beginning of the data judged
 * @param until its end
 * @param rate whether {@code before} and {@code after} are rates of events, else means
 * @param count values judged
 * @param referenceCount values that it was compared with; 0 if there is only a limit
 * @param before what the mean or rate should have been; 0 if there is only a limit
 * @param after what it was
 * @param statistic of the test
 * @param pValue corrected for everything that was tested at the same time; empty for tests that go
 *     on and on
 * @param effect {@code after} less {@code before}, in {@code effectUnit}
 * @param limit that was crossed, by the statistic or, with a p-value, by the effect
 * @param explanation one sentence for people
 */
public record EvidenceReport(
    String metric,
    Stage stage,
    TestKind test,
    Optional<CohortKey> cohort,
    Instant from,
    Instant until,
    boolean rate,
    long count,
    long referenceCount,
    double before,
    double after,
    OptionalDouble statistic,
    OptionalDouble pValue,
    double effect,
    String effectUnit,
    double limit,
    String explanation) {}
