// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.RefusedItem;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.speech.v1.ErrorReason;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every rule of the streams by which reporters send records, in-process. */
final class ReportUtterancesTest {
  private static final int MOST_REPORTERS = 2;

  private ServedMonitor monitor;

  @BeforeEach
  void start() throws IOException {
    monitor = new ServedMonitor(MOST_REPORTERS);
  }

  @AfterEach
  void stop() {
    monitor.close();
  }

  @Test
  void acknowledgesEveryBatchBeforeTheStreamEnds() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", monitor.channel());
    reporter.batch(List.of(good("u-1"), good("u-2"))).batch(List.of()).batch(List.of(good("u-3")));

    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.acknowledged()).isEqualTo(3);
    assertThat(reporter.accepted()).isEqualTo(3);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(3);
  }

  @Test
  void sendingAgainOnANewStreamChangesNothing() throws InterruptedException {
    Reporter.named("router-1", monitor.channel()).batch(List.of(good("u-1"), good("u-2"))).finish();

    Reporter again = Reporter.named("router-1", monitor.channel());
    again.batch(List.of(good("u-1"), good("u-2"), good("u-3"))).finish();

    assertThat(again.duplicates()).isEqualTo(2);
    assertThat(again.accepted()).isEqualTo(1);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(3);
  }

  @Test
  void aBadRecordIsRefusedAloneAndNamed() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", monitor.channel());
    UtteranceRecord bad = TestRecords.answered("u-2").setSampleRateHertz(1).build();
    UtteranceRecord old = TestRecords.ago(Duration.ofDays(3), TestRecords.answered("u-3")).build();
    reporter.batch(List.of(good("u-1"), bad, old, good("u-4"))).finish();

    assertThat(reporter.accepted()).isEqualTo(2);
    List<RefusedItem> refused = reporter.acknowledgements().get(0).getRefusedList();
    assertThat(refused).extracting(RefusedItem::getIndex).containsExactly(1, 2);
    assertThat(refused)
        .extracting(RefusedItem::getField)
        .containsExactly("sample_rate_hertz", "event_time");
    assertThat(refused)
        .allSatisfy(
            item -> {
              assertThat(item.getSequence()).isEqualTo(1);
              assertThat(item.getReason()).isEqualTo(ErrorReason.ERROR_REASON_FIELD_INVALID);
              assertThat(item.getLimit()).isNotEmpty();
            });
  }

  @Test
  void theConfigComesFirst() throws InterruptedException {
    Reporter reporter = new Reporter(monitor.channel(), true).batch(List.of(good("u-1")));

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
  }

  @Test
  void theConfigComesOnce() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", monitor.channel()).config("router-1");

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.CONFIG_REPEATED);
  }

  @Test
  void anEmptyStreamIsRefused() throws InterruptedException {
    Reporter reporter = new Reporter(monitor.channel(), true);
    reporter.finish();

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
  }

  @Test
  void aStreamWithoutBatchesEndsWell() throws InterruptedException {
    assertThat(Reporter.named("router-1", monitor.channel()).finish()).isEqualTo(Status.OK);
  }

  @Test
  void anInstanceWithoutANameIsRefused() throws InterruptedException {
    assertEnds(
        Reporter.named("", monitor.channel()), Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void anEmptyMessageIsRefused() throws InterruptedException {
    Reporter reporter =
        Reporter.named("router-1", monitor.channel())
            .send(ReportUtterancesRequest.getDefaultInstance());

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void sequencesCountUpByOne() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", monitor.channel());
    reporter.batch(1, 0, List.of(good("u-1"))).batch(3, 0, List.of(good("u-2")));

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
    assertThat(reporter.acknowledged()).isEqualTo(1);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(1);
  }

  @Test
  void aBatchHasAtMost200Records() throws InterruptedException {
    Reporter reporter =
        Reporter.named("router-1", monitor.channel()).batch(Collections.nCopies(201, good("u-1")));

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void tooManyReportersAreTurnedAwayUntilOneLeaves() throws InterruptedException {
    Reporter first = open("router-1");
    Reporter second = open("router-2");

    Reporter third = Reporter.named("router-3", monitor.channel());
    assertEnds(third, Status.Code.RESOURCE_EXHAUSTED, Reason.SATURATED);
    first.finish();

    assertThat(Reporter.named("router-3", monitor.channel()).finish()).isEqualTo(Status.OK);
    assertThat(second.finish()).isEqualTo(Status.OK);
  }

  @Test
  void aReporterThatVanishesMakesRoom() throws InterruptedException {
    open("router-1").cancel();
    open("router-2").cancel();

    // The server hears of it on threads of its own.
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () ->
                assertThat(Reporter.named("router-3", monitor.channel()).finish())
                    .isEqualTo(Status.OK));
  }

  @Test
  void aReporterThatDoesNotReadIsNotAskedForMore() throws InterruptedException {
    Reporter reporter = new Reporter(monitor.channel(), false).config("router-1");
    for (int i = 0; i < 50; i++) {
      reporter.batch(List.of(good("u-" + i)));
    }

    // In-process the server may write one answer ahead of the reads; then it waits.
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(pipeline().getUtteranceCount()).isPositive());
    assertThat(reporter.acknowledgements()).isEmpty();
    assertThat(pipeline().getUtteranceCount()).isLessThan(10);

    for (int i = 0; i < 51; i++) {
      reporter.read();
    }
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.acknowledged()).isEqualTo(50);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(50);
  }

  @Test
  void drainingAcknowledgesWhatWasTakenAndSaysSo() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", monitor.channel()).batch(List.of(good("u-1")));
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(reporter.acknowledged()).isEqualTo(1));

    monitor.drain();

    assertEnds(reporter, Status.Code.UNAVAILABLE, Reason.DRAINING);
    assertThat(reporter.accepted()).isEqualTo(1);
  }

  private Reporter open(String instance) {
    Reporter reporter = Reporter.named(instance, monitor.channel()).batch(List.of());
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(reporter.acknowledged()).isEqualTo(1));
    return reporter;
  }

  private StageSummary pipeline() {
    return monitor
        .stub()
        .getStageSummary(GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_PIPELINE).build())
        .getSummaries(0);
  }

  private static UtteranceRecord good(String id) {
    return TestRecords.answered(id).build();
  }

  private static void assertEnds(Reporter reporter, Status.Code code, Reason reason)
      throws InterruptedException {
    assertThat(reporter.awaitEnd().getCode()).isEqualTo(code);
    assertThat(Statuses.reasonOf(reporter.failure())).isEqualTo(Optional.of(reason));
  }
}
