// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.store.FeedbackLog;
import halfsecond.monitor.store.Position;
import halfsecond.monitor.store.RecordLog;
import halfsecond.monitor.store.RecordPage;
import halfsecond.monitor.trace.TraceStore;
import halfsecond.monitor.v1.GetUtteranceRequest;
import halfsecond.monitor.v1.GetUtteranceResponse;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.ListUtterancesResponse;
import halfsecond.monitor.window.TimeSpan;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about single utterances from what is kept, on threads of its own: they wait for
 * the store. Safe for use by any thread.
 */
public final class UtteranceLookup {
  private final RecordLog records;
  private final FeedbackLog feedback;
  private final TraceStore traces;
  private final InstantSource clock;
  private final WaitingCalls readers;

  /**
   * @param readers may be made to wait; owned by the caller
   */
  public UtteranceLookup(
      RecordLog records,
      FeedbackLog feedback,
      TraceStore traces,
      InstantSource clock,
      Executor readers) {
    this.records = records;
    this.feedback = feedback;
    this.traces = traces;
    this.clock = clock;
    this.readers = new WaitingCalls(readers);
  }

  void list(ListUtterancesRequest request, StreamObserver<ListUtterancesResponse> observer) {
    readers.answer(observer, () -> page(request, clock.instant()));
  }

  void get(GetUtteranceRequest request, StreamObserver<GetUtteranceResponse> observer) {
    readers.answer(observer, () -> utterance(request.getUtteranceId()));
  }

  private ListUtterancesResponse page(ListUtterancesRequest request, Instant now) {
    PageToken token = request.getPageToken().isEmpty() ? null : PageToken.of(request);
    TimeSpan span = token == null ? UtteranceReader.span(request, now) : token.span();
    RecordPage page =
        records.page(
            UtteranceReader.query(request, span),
            token == null ? null : token.position(),
            UtteranceReader.pageSize(request.getPageSize()));
    ListUtterancesResponse.Builder response =
        ListUtterancesResponse.newBuilder().setNextPageToken(next(request, span, page.next()));
    page.encoded().forEach(record -> response.addRecords(UtteranceReader.record(record)));
    return response.build();
  }

  private static String next(
      ListUtterancesRequest request, TimeSpan span, @Nullable Position position) {
    return position == null
        ? ""
        : new PageToken(PageToken.fingerprint(request), span, position).encode();
  }

  private GetUtteranceResponse utterance(String id) {
    Limits.id("utterance_id", id);
    List<byte[]> found = records.find(id);
    if (found.isEmpty()) {
      throw new SpeechException(
          Reason.NOT_FOUND,
          "no such utterance in what is kept",
          Map.of("resource", "utterance_id"));
    }
    GetUtteranceResponse.Builder response = GetUtteranceResponse.newBuilder();
    found.forEach(record -> response.addRecords(UtteranceReader.record(record)));
    response.setTrace(TraceGrpcService.read(traces, response.getRecords(0).getTraceId()));
    feedback.about(id).forEach(said -> response.addFeedback(UtteranceReader.feedback(said)));
    return response.build();
  }
}
