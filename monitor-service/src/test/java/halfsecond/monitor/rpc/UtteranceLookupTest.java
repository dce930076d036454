// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.GetUtteranceRequest;
import halfsecond.monitor.v1.GetUtteranceResponse;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.ListUtterancesResponse;
import halfsecond.monitor.v1.RefusedItem;
import halfsecond.monitor.v1.ReportFeedbackRequest;
import halfsecond.monitor.v1.ReportFeedbackResponse;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions about single utterances, and what users did with them. */
final class UtteranceLookupTest {
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
  void listsTheLastHourNewestFirst() throws InterruptedException {
    report(
        ago(61, TestRecords.answered("old")),
        ago(20, TestRecords.answered("first")),
        ago(10, TestRecords.empty("second")),
        ago(-2, TestRecords.rejected("ahead")),
        ago(10, TestRecords.late("second")));

    ListUtterancesResponse response = list(ListUtterancesRequest.newBuilder());

    assertThat(ids(response)).containsExactly("ahead", "second", "first");
    assertThat(response.getRecords(2)).isEqualTo(ago(20, TestRecords.answered("first")).build());
    assertThat(response.getNextPageToken()).isEmpty();
  }

  @Test
  void everyFilterOfTheRequestCounts() throws InterruptedException {
    UtteranceRecord.Builder special = TestRecords.empty("special").setSessionId("session-2");
    special.getModelBuilder().setModelVersion("en-small@2");
    special.getCohortBuilder().setDevice("Pixel 10");
    special.setLatency(
        TestRecords.latency(200, 210, 800, 810).setBudget(Durations.fromMillis(500)));
    report(TestRecords.answered("plain"), special, TestRecords.rejected("refused"));

    List<ListUtterancesRequest.Builder> requests =
        List.of(
            ListUtterancesRequest.newBuilder().setSessionId("session-2"),
            ListUtterancesRequest.newBuilder().setModelVersion("en-small@2"),
            ListUtterancesRequest.newBuilder()
                .setCohort(
                    CohortLabel.newBuilder()
                        .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
                        .setValue("Pixel 10")),
            ListUtterancesRequest.newBuilder().setMinimumLatency(Durations.fromMillis(810)),
            ListUtterancesRequest.newBuilder().setNullTranscriptsOnly(true));

    for (ListUtterancesRequest.Builder request : requests) {
      assertThat(ids(list(request))).as(request.toString()).containsExactly("special");
    }
    assertThat(ids(list(ListUtterancesRequest.newBuilder().setRejectedOnly(true))))
        .containsExactly("refused");
    assertThat(ids(list(ListUtterancesRequest.newBuilder().setModelVersion("none"))))
        .containsExactly("refused");
    assertThat(ids(list(ListUtterancesRequest.newBuilder().setRange(range(2, 1))))).isEmpty();
  }

  @Test
  void pagesFollowOneAnotherWhileRecordsArrive() throws InterruptedException {
    for (int i = 0; i < 7; i++) {
      report(ago(i + 1, TestRecords.answered("u-" + i)));
    }
    List<String> read = new ArrayList<>();
    ListUtterancesRequest.Builder request = ListUtterancesRequest.newBuilder().setPageSize(3);
    String token;
    do {
      ListUtterancesResponse page = list(request);
      read.addAll(ids(page));
      token = page.getNextPageToken();
      request.setPageToken(token);
      report(ago(0, TestRecords.answered("new-" + read.size())));
      report(ago(6, TestRecords.answered("between-" + read.size())));
    } while (!token.isEmpty());

    assertThat(read).containsExactly("u-0", "u-1", "u-2", "u-3", "u-4", "u-5", "u-6");
  }

  @Test
  void aPageHasFiftyUnlessAskedOtherwise() throws InterruptedException {
    for (int batch = 0; batch < 3; batch++) {
      int from = batch * 20;
      report(
          Stream.iterate(from, i -> i + 1)
              .limit(20)
              .map(i -> TestRecords.answered("u-" + i))
              .toArray(UtteranceRecord.Builder[]::new));
    }

    assertThat(list(ListUtterancesRequest.newBuilder()).getRecordsCount()).isEqualTo(50);
    assertThat(list(ListUtterancesRequest.newBuilder().setPageSize(500)).getRecordsCount())
        .isEqualTo(60);
  }

  @Test
  void badQuestionsAreRefused() throws InterruptedException {
    report(TestRecords.answered("u-1"), TestRecords.answered("u-2"));
    String token = list(ListUtterancesRequest.newBuilder().setPageSize(1)).getNextPageToken();
    List<ListUtterancesRequest.Builder> bad =
        List.of(
            ListUtterancesRequest.newBuilder().setPageSize(501),
            ListUtterancesRequest.newBuilder().setPageSize(-1),
            ListUtterancesRequest.newBuilder().setPageToken("?"),
            ListUtterancesRequest.newBuilder().setPageToken("AAAA"),
            ListUtterancesRequest.newBuilder().setPageToken("A".repeat(71)),
            ListUtterancesRequest.newBuilder().setPageToken(token).setRejectedOnly(true),
            ListUtterancesRequest.newBuilder().setSessionId("no such form"),
            ListUtterancesRequest.newBuilder().setModelVersion("m".repeat(101)),
            ListUtterancesRequest.newBuilder().setCohort(CohortLabel.getDefaultInstance()),
            ListUtterancesRequest.newBuilder().setMinimumLatency(Durations.fromSeconds(-1)),
            ListUtterancesRequest.newBuilder().setRange(TimeRange.getDefaultInstance()));

    for (ListUtterancesRequest.Builder request : bad) {
      assertRefused(() -> list(request), Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
    }
  }

  @Test
  void getsAllRevisionsAndTheFeedbackOfAnUtterance() throws InterruptedException {
    report(TestRecords.late("u-1"), TestRecords.cut("u-1"));
    Feedback later = feedback("f-2", "u-1").setKind(Feedback.Kind.KIND_ACCEPT).build();
    Feedback sooner =
        feedback("f-1", "u-1")
            .setEventTime(Times.timestamp(NOW.minusSeconds(60)))
            .setKind(Feedback.Kind.KIND_CORRECTION)
            .setChangedWords(2)
            .build();
    send(later, sooner);

    GetUtteranceResponse response = get("u-1");

    assertThat(response.getRecordsList())
        .containsExactly(TestRecords.cut("u-1").build(), TestRecords.late("u-1").build());
    assertThat(response.getFeedbackList()).containsExactly(sooner, later);
  }

  @Test
  void getsTheTraceOfAnUtteranceIfItArrived() throws InterruptedException, IOException {
    report(TestRecords.answered("u-1"), TestRecords.answered("u-2").setTraceId(""));
    ResourceSpans part = ResourceSpans.newBuilder().setSchemaUrl("https://example.org").build();
    boolean unused =
        monitor.traces().add(TestRecords.answered("u-1").getTraceId(), part.toByteArray());

    assertThat(TracesData.parseFrom(get("u-1").getTrace()).getResourceSpansList())
        .containsExactly(part);
    assertThat(get("u-2").getTrace().isEmpty()).isTrue();
  }

  @Test
  void whatIsNotKeptIsNotFound() {
    assertRefused(() -> get("u-1"), Status.Code.NOT_FOUND, Reason.NOT_FOUND);
    assertRefused(() -> get(""), Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void feedbackCountsOnceAndIsRefusedAlone() {
    Feedback good = feedback("f-1", "u-1").setKind(Feedback.Kind.KIND_ABANDON).build();
    Feedback redo =
        feedback("f-2", "u-1")
            .setKind(Feedback.Kind.KIND_REDO)
            .setRedoUtteranceId("u-2")
            .setRedoSimilarity(0.9)
            .build();
    List<Feedback> bad =
        List.of(
            feedback("f-3", "u-1").build(),
            redo.toBuilder().setFeedbackId("f-4").setRedoSimilarity(1.1).build(),
            redo.toBuilder().setFeedbackId("f-5").setKind(Feedback.Kind.KIND_ACCEPT).build(),
            good.toBuilder().setFeedbackId("f-6").setChangedWords(1).build(),
            good.toBuilder().setFeedbackId("f-7").setResultPosition(1).build(),
            good.toBuilder().setFeedbackId("").build(),
            good.toBuilder().setFeedbackId("f-8").clearEventTime().build(),
            good.toBuilder()
                .setFeedbackId("f-9")
                .setEventTime(Times.timestamp(NOW.minus(Duration.ofDays(2))))
                .build());
    List<Feedback> all = new ArrayList<>(List.of(good, redo, good));
    all.addAll(bad);

    ReportFeedbackResponse response = send(all.toArray(Feedback[]::new));

    assertThat(response.getAcceptedCount()).isEqualTo(2);
    assertThat(response.getDuplicateCount()).isEqualTo(1);
    assertThat(response.getRefusedList())
        .extracting(RefusedItem::getIndex)
        .containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(response.getRefusedList())
        .extracting(RefusedItem::getField)
        .containsExactly(
            "kind",
            "redo_similarity",
            "redo_utterance_id",
            "changed_words",
            "result_position",
            "feedback_id",
            "event_time",
            "event_time");
  }

  @Test
  void feedbackComesInReasonableNumbers() {
    Feedback good = feedback("f-1", "u-1").setKind(Feedback.Kind.KIND_ACCEPT).build();

    assertRefused(() -> send(), Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
    assertRefused(
        () -> send(Collections.nCopies(101, good).toArray(Feedback[]::new)),
        Status.Code.INVALID_ARGUMENT,
        Reason.FIELD_INVALID);
  }

  @Test
  void aStoreThatIsClosedTakesNothingAndSaysSo() {
    monitor.closeStore();

    assertRefused(
        () -> send(feedback("f-1", "u-1").setKind(Feedback.Kind.KIND_ACCEPT).build()),
        Status.Code.UNAVAILABLE,
        Reason.DRAINING);
  }

  private void report(UtteranceRecord.Builder... records) throws InterruptedException {
    Reporter reporter =
        Reporter.named("router-1", monitor.channel())
            .batch(Stream.of(records).map(UtteranceRecord.Builder::build).toList());
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.accepted()).isEqualTo(records.length);
  }

  private ReportFeedbackResponse send(Feedback... feedback) {
    return monitor
        .stub()
        .reportFeedback(
            ReportFeedbackRequest.newBuilder().addAllFeedback(List.of(feedback)).build());
  }

  private ListUtterancesResponse list(ListUtterancesRequest.Builder request) {
    return monitor.stub().listUtterances(request.build());
  }

  private GetUtteranceResponse get(String id) {
    return monitor.stub().getUtterance(GetUtteranceRequest.newBuilder().setUtteranceId(id).build());
  }

  private static Feedback.Builder feedback(String id, String utterance) {
    return Feedback.newBuilder()
        .setFeedbackId(id)
        .setUtteranceId(utterance)
        .setEventTime(Times.timestamp(NOW));
  }

  private static UtteranceRecord.Builder ago(int minutes, UtteranceRecord.Builder record) {
    return TestRecords.ago(Duration.ofMinutes(minutes), record);
  }

  private static TimeRange range(int fromHoursAgo, int toHoursAgo) {
    return TimeRange.newBuilder()
        .setStartTime(Times.timestamp(NOW.minus(Duration.ofHours(fromHoursAgo))))
        .setEndTime(Times.timestamp(NOW.minus(Duration.ofHours(toHoursAgo))))
        .build();
  }

  private static List<String> ids(ListUtterancesResponse response) {
    return response.getRecordsList().stream().map(UtteranceRecord::getUtteranceId).toList();
  }

  private static void assertRefused(ThrowingCallable call, Status.Code code, Reason reason) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(Statuses.reasonOf(refusal)).isEqualTo(Optional.of(reason));
  }
}
