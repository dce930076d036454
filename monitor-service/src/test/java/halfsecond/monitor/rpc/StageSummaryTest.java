// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.EvaluateCandidateRequest;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetStageSummaryResponse;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract says of summaries, and of what is not there yet, in-process. */
final class StageSummaryTest {
  private ServedMonitor monitor;

  @BeforeEach
  void start() throws IOException {
    monitor = new ServedMonitor();
  }

  @AfterEach
  void stop() {
    monitor.close();
  }

  @Test
  void summarizesEveryVersionAfterAllTogether() throws InterruptedException {
    UtteranceRecord.Builder second = TestRecords.empty("u-2");
    second.getModelBuilder().setModelVersion("en-small@2");
    report(good("u-1"), second.build(), TestRecords.rejected("u-3").build());

    GetStageSummaryResponse response = summary(GetStageSummaryRequest.newBuilder());

    assertThat(response.getSummariesList())
        .extracting(StageSummary::getModelVersion)
        .containsExactly("", "en-small@1", "en-small@2", "none");
    StageSummary all = response.getSummaries(0);
    assertThat(all.getUtteranceCount()).isEqualTo(3);
    assertThat(all.getFinalCount()).isEqualTo(2);
    assertThat(all.getRejectedCount()).isEqualTo(1);
    assertThat(all.getNullTranscripts().getEvents()).isEqualTo(1);
    assertThat(all.getNullTranscripts().getTrials()).isEqualTo(2);
    assertThat(all.getNullTranscripts().getRate()).isEqualTo(0.5);
    assertThat(all.getRefusals(0).getReason()).isEqualTo("SATURATED");
    assertThat(all.getClipSeconds().getMean()).isEqualTo(2.0);
    assertThat(all.getLatencySeconds().getMean()).isEqualTo(0.08);
    assertThat(all.getTotalLatencySeconds().getMean()).isEqualTo(0.3);
    assertThat(all.getTotalLatencySeconds().getQuantilesList()).hasSize(4);
    assertThat(all.getStage()).isEqualTo(Stage.STAGE_ASR);
    assertThat(response.getSummaries(3).getNullTranscripts().hasRate()).isFalse();
  }

  @Test
  void summarizesOneVersionOneCohortAndOneRange() throws InterruptedException {
    UtteranceRecord old = TestRecords.ago(Duration.ofHours(5), TestRecords.answered("u-2")).build();
    report(good("u-1"), old);

    GetStageSummaryResponse response =
        summary(
            GetStageSummaryRequest.newBuilder()
                .setModelVersion("en-small@1")
                .setCohort(cohort("acme"))
                .setRange(
                    TimeRange.newBuilder()
                        .setStartTime(Times.timestamp(TestRecords.NOW.minus(Duration.ofHours(6))))
                        .setEndTime(Times.timestamp(TestRecords.NOW.minus(Duration.ofHours(4)))))
                .addQuantileRanks(0.99)
                .addQuantileRanks(0.5));

    StageSummary only = response.getSummaries(0);
    assertThat(response.getSummariesCount()).isEqualTo(1);
    assertThat(only.getModelVersion()).isEqualTo("en-small@1");
    assertThat(only.getFinalCount()).isEqualTo(1);
    assertThat(only.getClipSeconds().getQuantilesList())
        .extracting(halfsecond.monitor.v1.Quantile::getRank)
        .containsExactly(0.5, 0.99);
    assertThat(only.getCovered().getEndTime())
        .isEqualTo(Times.timestamp(TestRecords.NOW.minus(Duration.ofHours(4))));
  }

  @Test
  void reportsWhatReportersDropped() throws InterruptedException {
    Reporter.named("router-1", monitor.channel()).batch(1, 7, List.of()).finish();

    assertThat(summary(GetStageSummaryRequest.newBuilder()).getDroppedRecords()).isEqualTo(7);
  }

  @Test
  void anEmptyMonitorAnswersWithZeroes() {
    StageSummary all = summary(GetStageSummaryRequest.newBuilder()).getSummaries(0);

    assertThat(all.getUtteranceCount()).isZero();
    assertThat(all.getClipSeconds().getCount()).isZero();
    assertThat(all.getClipSeconds().getQuantilesList()).isEmpty();
    assertThat(all.getNullTranscripts().hasRate()).isFalse();
  }

  @Test
  void whatHasNoDataIsNotFound() throws InterruptedException {
    report(good("u-1"));

    assertRefused(
        () -> summary(GetStageSummaryRequest.newBuilder().setModelVersion("en-small@9")),
        Status.Code.NOT_FOUND,
        Reason.NOT_FOUND);
    assertRefused(
        () -> summary(GetStageSummaryRequest.newBuilder().setCohort(cohort("nobody"))),
        Status.Code.NOT_FOUND,
        Reason.NOT_FOUND);
  }

  @Test
  void badQuestionsAreRefused() {
    TimeRange backwards =
        TimeRange.newBuilder()
            .setStartTime(Times.timestamp(TestRecords.NOW))
            .setEndTime(Times.timestamp(TestRecords.NOW.minusSeconds(1)))
            .build();
    List<GetStageSummaryRequest.Builder> bad =
        List.of(
            GetStageSummaryRequest.newBuilder().setStageValue(99),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_UNSPECIFIED),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).addQuantileRanks(1.5),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).setRange(backwards),
            GetStageSummaryRequest.newBuilder()
                .setStage(Stage.STAGE_ASR)
                .setRange(TimeRange.getDefaultInstance()),
            GetStageSummaryRequest.newBuilder()
                .setStage(Stage.STAGE_ASR)
                .setCohort(CohortLabel.getDefaultInstance()),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).setTrafficClassValue(9));

    for (GetStageSummaryRequest.Builder request : bad) {
      assertRefused(
          () -> monitor.stub().getStageSummary(request.build()),
          Status.Code.INVALID_ARGUMENT,
          Reason.FIELD_INVALID);
    }
  }

  @Test
  void theRestOfTheContractIsUnimplementedAndSaysSo() {
    assertRefused(
        () -> monitor.stub().evaluateCandidate(EvaluateCandidateRequest.getDefaultInstance()),
        Status.Code.UNIMPLEMENTED,
        Reason.UNIMPLEMENTED);
  }

  private void report(UtteranceRecord... records) throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", monitor.channel()).batch(List.of(records));
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.accepted()).isEqualTo(records.length);
  }

  private GetStageSummaryResponse summary(GetStageSummaryRequest.Builder request) {
    return monitor.stub().getStageSummary(request.setStage(Stage.STAGE_ASR).build());
  }

  private static UtteranceRecord good(String id) {
    return TestRecords.answered(id).build();
  }

  private static CohortLabel cohort(String tenant) {
    return CohortLabel.newBuilder()
        .setDimension(CohortDimension.COHORT_DIMENSION_TENANT)
        .setValue(tenant)
        .build();
  }

  private static void assertRefused(ThrowingCallable call, Status.Code code, Reason reason) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(call))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(Statuses.reasonOf(e)).isEqualTo(Optional.of(reason));
            });
  }
}
