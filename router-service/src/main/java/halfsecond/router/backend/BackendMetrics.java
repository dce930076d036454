// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/** What is counted about backends. Safe for use by any thread. */
public final class BackendMetrics {
  /** Replicas that are ready and not left out, by service. */
  public static final String READY = "halfsecond.router.backend.ready";

  /** Replicas that were left out for a while, by service and cause. */
  public static final String EJECTIONS = "halfsecond.router.backend.ejections";

  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service");
  private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("cause");

  private final Meter meter;
  private final LongCounter ejections;

  public BackendMetrics(Meter meter) {
    this.meter = meter;
    this.ejections = meter.counterBuilder(EJECTIONS).setUnit("{ejection}").build();
  }

  void ejected(String service, EjectionCause cause) {
    ejections.add(1, Attributes.of(SERVICE, service, CAUSE, cause.label()));
  }

  /**
   * Shows what was counted of these, and how many are ready until the returned handle is closed.
   */
  public AutoCloseable expose(List<Fleet<? extends Member>> fleets) {
    // There from the start: the first one would be missed in a rate.
    for (Fleet<? extends Member> fleet : fleets) {
      for (EjectionCause cause : EjectionCause.values()) {
        ejections.add(0, Attributes.of(SERVICE, fleet.service(), CAUSE, cause.label()));
      }
    }
    var ready = meter.gaugeBuilder(READY).setUnit("{backend}").ofLongs().buildObserver();
    return meter.batchCallback(
        () ->
            fleets.forEach(
                fleet ->
                    ready.record(
                        fleet.members().stream()
                            .map(Member::replica)
                            .filter(replica -> replica.ready() && !replica.ejected())
                            .count(),
                        Attributes.of(SERVICE, fleet.service()))),
        ready);
  }
}
