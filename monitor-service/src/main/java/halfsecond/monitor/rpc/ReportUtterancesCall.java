// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.intake.DropLedger;
import halfsecond.monitor.intake.Intake;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.store.LogEntry;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.ReportUtterancesResponse;
import halfsecond.monitor.v1.UtteranceBatch;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One reporter of utterances. */
final class ReportUtterancesCall
    extends ReportCall<ReportUtterancesRequest, ReportUtterancesResponse> {
  private static final int MOST_RECORDS = 200;

  private final Intake intake;
  private final DropLedger drops;
  private final InstantSource clock;
  private final MonitorMetrics metrics;

  ReportUtterancesCall(
      Intake intake,
      DropLedger drops,
      InstantSource clock,
      OpenCalls open,
      MonitorMetrics metrics,
      ServerCallStreamObserver<ReportUtterancesResponse> reporter,
      Executor pool) {
    super(MonitorMetrics.Kind.UTTERANCE, open, metrics, reporter, pool);
    this.intake = intake;
    this.drops = drops;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  @Nullable String instanceOf(ReportUtterancesRequest request) {
    return request.hasConfig() ? request.getConfig().getInstance() : null;
  }

  @Override
  long sequenceOf(ReportUtterancesRequest request) {
    Limits.check(request.hasBatch(), "batch", "set");
    return request.getBatch().getSequence();
  }

  @Override
  CompletionStage<Acknowledgement> take(ReportUtterancesRequest request, String instance) {
    UtteranceBatch batch = request.getBatch();
    Limits.check(batch.getRecordsCount() <= MOST_RECORDS, "batch.records", "at most 200");
    Limits.check(batch.getDroppedTotal() >= 0, "batch.dropped_total", "not negative");
    Instant now = clock.instant();
    Acknowledgement result = new Acknowledgement();
    List<LogEntry> offered = new ArrayList<>(batch.getRecordsCount());
    List<Integer> places = new ArrayList<>(batch.getRecordsCount());
    for (int i = 0; i < batch.getRecordsCount(); i++) {
      try {
        UtteranceRecord utterance = RecordReader.read(batch.getRecords(i));
        offered.add(new LogEntry(utterance, now, batch.getRecords(i).toByteArray()));
        places.add(i);
        metrics.lag(Duration.between(utterance.origin().eventTime(), now));
      } catch (SpeechException e) {
        result.refused(batch.getSequence(), i, e);
      }
    }
    CompletionStage<Integer> kept =
        intake.take(
            offered, (place, why) -> result.refused(batch.getSequence(), places.get(place), why));
    metrics.dropped(drops.report(instance, batch.getDroppedTotal()));
    int valid = batch.getRecordsCount() - result.refusals().size();
    return kept.thenApply(fresh -> result.counted(fresh, valid - fresh));
  }

  @Override
  ReportUtterancesResponse response(long sequence, Acknowledgement result) {
    return ReportUtterancesResponse.newBuilder()
        .setAcknowledgedSequence(sequence)
        .setAcceptedCount(result.acceptedCount())
        .setDuplicateCount(result.duplicateCount())
        .addAllRefused(result.refusals())
        .build();
  }
}
