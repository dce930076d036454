// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetStageSummaryResponse;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.window.Summary;
import halfsecond.monitor.window.SummaryQuery;
import halfsecond.monitor.window.UtteranceWindows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Says what stages did. */
final class SummaryCalls {
  private final UtteranceWindows utterances;
  private final MetricWindows stages;
  private final LongSupplier dropped;
  private final InstantSource clock;

  SummaryCalls(
      UtteranceWindows utterances,
      MetricWindows stages,
      LongSupplier dropped,
      InstantSource clock) {
    this.utterances = utterances;
    this.stages = stages;
    this.dropped = dropped;
    this.clock = clock;
  }

  GetStageSummaryResponse get(GetStageSummaryRequest request) {
    Instant now = clock.instant();
    Stage stage = EnumReader.stage(request.getStage());
    List<Double> ranks = SummaryReader.ranks(request);
    SummaryQuery query = SummaryReader.query(request, now);
    Summary summary = utterances.summarize(query, now);
    if (summary.byVersion().isEmpty() && (query.modelVersion() != null || query.cohort() != null)) {
      throw new SpeechException(
          Reason.NOT_FOUND,
          "no such model version or cohort in what is kept",
          Map.of("resource", "model_version or cohort"));
    }
    SummaryWriter writer = new SummaryWriter(stage, request.getStage(), summary.covered(), ranks);
    GetStageSummaryResponse.Builder response =
        GetStageSummaryResponse.newBuilder().setDroppedRecords(dropped.getAsLong());
    if (query.modelVersion() == null) {
      StageSummary.Builder all = writer.write("", summary.all());
      if (query.cohort() == null) {
        stages
            .summarize(stage, query.span(), now)
            .forEach(metric -> all.addMetrics(writer.write(metric)));
      }
      response.addSummaries(all);
    }
    summary
        .byVersion()
        .forEach((version, cell) -> response.addSummaries(writer.write(version, cell)));
    return response.build();
  }
}
