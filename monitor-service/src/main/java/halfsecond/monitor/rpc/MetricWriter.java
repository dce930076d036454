// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricDirection;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.window.CohortKey;

/** Writes declarations; the enums of the domain and of the contract have the same names. */
final class MetricWriter {
  private MetricWriter() {}

  static MetricDeclaration write(Metric metric, Histories histories) {
    MetricDeclaration.Builder declaration =
        MetricDeclaration.newBuilder()
            .setMetric(metric.name())
            .setStage(stage(metric.stage()))
            .setKind(MetricKind.valueOf("METRIC_KIND_" + metric.kind().name()))
            .setUnit(metric.unit())
            .setDirection(MetricDirection.valueOf("METRIC_DIRECTION_" + metric.direction().name()))
            .setTest(test(metric.test()))
            .setDescription(metric.description())
            .setBuiltIn(metric.builtIn())
            .setSeriesCount(histories.seriesCount(metric));
    histories.lastMoved(metric).ifPresent(at -> declaration.setLastMovedTime(Times.timestamp(at)));
    return declaration.build();
  }

  static halfsecond.monitor.v1.Stage stage(Stage stage) {
    return halfsecond.monitor.v1.Stage.valueOf("STAGE_" + stage.name());
  }

  static halfsecond.monitor.v1.TestKind test(TestKind test) {
    return halfsecond.monitor.v1.TestKind.valueOf("TEST_KIND_" + test.name());
  }

  static CohortDimension dimension(CohortKey.Dimension dimension) {
    return CohortDimension.valueOf("COHORT_DIMENSION_" + dimension.name());
  }
}
