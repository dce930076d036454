// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.DeclareMetricResponse;
import halfsecond.monitor.v1.ListMetricsRequest;
import halfsecond.monitor.v1.ListMetricsResponse;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricDirection;
import halfsecond.monitor.v1.MetricKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The methods about which metrics there are. */
final class MetricCalls {
  private final MetricCatalogue catalogue;
  private final Histories histories;
  private final InstantSource clock;
  private final Instant since;

  MetricCalls(MetricCatalogue catalogue, Histories histories, InstantSource clock) {
    this.catalogue = catalogue;
    this.histories = histories;
    this.clock = clock;
    this.since = clock.instant();
  }

  DeclareMetricResponse declare(DeclareMetricRequest request) {
    Limits.check(request.hasDeclaration(), "declaration", "set");
    Metric metric = read(request.getDeclaration());
    catalogue.declare(metric);
    return DeclareMetricResponse.newBuilder()
        .setDeclaration(MetricWriter.write(metric, histories))
        .build();
  }

  ListMetricsResponse list(ListMetricsRequest request) {
    Stage stage =
        request.getStage() == halfsecond.monitor.v1.Stage.STAGE_UNSPECIFIED
            ? null
            : EnumReader.stage(request.getStage());
    Instant unmovedSince =
        request.hasUnmovedFor() ? clock.instant().minus(unmoved(request.getUnmovedFor())) : null;
    ListMetricsResponse.Builder response = ListMetricsResponse.newBuilder();
    catalogue.all().stream()
        .filter(metric -> stage == null || metric.stage() == stage)
        .filter(metric -> unmovedSince == null || isUnmoved(metric, unmovedSince))
        .forEach(metric -> response.addDeclarations(MetricWriter.write(metric, histories)));
    return response.build();
  }

  /** What was not watched for so long may have moved. */
  private boolean isUnmoved(Metric metric, Instant limit) {
    return !histories.lastMoved(metric).orElse(since).isAfter(limit);
  }

  private static Duration unmoved(com.google.protobuf.Duration proto) {
    Duration duration = Times.duration("unmoved_for", proto);
    Limits.check(!duration.isNegative(), "unmoved_for", "0 or more");
    return duration;
  }

  private static Metric read(MetricDeclaration proto) {
    Metric.Kind kind = kind(proto.getKind());
    TestKind test = test(proto.getTest());
    Limits.check(
        test == null || test.fits(kind),
        "declaration.test",
        "one that judges a "
            + kind
            + ": "
            + Arrays.stream(TestKind.values()).filter(it -> it.fits(kind)).toList());
    return new Metric(
        proto.getMetric(),
        EnumReader.stage(proto.getStage()),
        kind,
        proto.getUnit(),
        direction(proto.getDirection()),
        test == null ? kind.usualTest() : test,
        proto.getDescription(),
        Metric.Source.DECLARED);
  }

  private static Metric.Kind kind(MetricKind proto) {
    return switch (proto) {
      case METRIC_KIND_COUNTER -> Metric.Kind.COUNTER;
      case METRIC_KIND_GAUGE -> Metric.Kind.GAUGE;
      case METRIC_KIND_PROPORTION -> Metric.Kind.PROPORTION;
      case METRIC_KIND_DISTRIBUTION -> Metric.Kind.DISTRIBUTION;
      case METRIC_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("declaration.kind");
    };
  }

  private static Metric.Direction direction(MetricDirection proto) {
    return switch (proto) {
      case METRIC_DIRECTION_UNSPECIFIED, METRIC_DIRECTION_TWO_SIDED -> Metric.Direction.TWO_SIDED;
      case METRIC_DIRECTION_UP_IS_WORSE -> Metric.Direction.UP_IS_WORSE;
      case METRIC_DIRECTION_DOWN_IS_WORSE -> Metric.Direction.DOWN_IS_WORSE;
      case UNRECOGNIZED -> throw unknown("declaration.direction");
    };
  }

  /** Null if it is left to the monitor. */
  private static @Nullable TestKind test(halfsecond.monitor.v1.TestKind proto) {
    return proto == halfsecond.monitor.v1.TestKind.TEST_KIND_UNSPECIFIED
        ? null
        : EnumReader.test("declaration.test", proto);
  }

  private static SpeechException unknown(String field) {
    return SpeechException.fieldInvalid(field, "one of the values of its type");
  }
}
