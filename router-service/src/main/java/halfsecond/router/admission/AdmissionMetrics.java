// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.admission;

import halfsecond.router.utterance.TrafficClass;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.Locale;

/** What is counted about admission. Safe for use by any thread. */
public final class AdmissionMetrics {
  /** Sessions and utterances refused because recognition was saturated. */
  public static final String REFUSALS = "halfsecond.router.admission.refusals";

  /** Cores of recognition that are busy or promised, over cores. */
  public static final String UTILIZATION = "halfsecond.router.admission.utilization";

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> TRAFFIC = AttributeKey.stringKey("traffic_class");

  private final Meter meter;
  private final LongCounter refusals;

  public AdmissionMetrics(Meter meter) {
    this.meter = meter;
    this.refusals = meter.counterBuilder(REFUSALS).setUnit("{refusal}").build();
    // There from the start: the first one would be missed in a rate.
    for (MeasuredCost.Kind kind : MeasuredCost.Kind.values()) {
      for (TrafficClass traffic : TrafficClass.values()) {
        refusals.add(0, attributes(kind, traffic));
      }
    }
  }

  void refused(MeasuredCost.Kind kind, TrafficClass traffic) {
    refusals.add(1, attributes(kind, traffic));
  }

  private static Attributes attributes(MeasuredCost.Kind kind, TrafficClass traffic) {
    return Attributes.of(KIND, kind.name().toLowerCase(Locale.ROOT), TRAFFIC, traffic.name());
  }

  /** Shows the utilization until the returned handle is closed. */
  public AutoCloseable expose(MeasuredCost admission) {
    return meter
        .gaugeBuilder(UTILIZATION)
        .setUnit("1")
        .buildWithCallback(gauge -> gauge.record(admission.utilization()));
  }
}
