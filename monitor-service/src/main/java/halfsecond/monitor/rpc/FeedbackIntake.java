// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.store.FeedbackEntry;
import halfsecond.monitor.store.FeedbackLog;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.ReportFeedbackRequest;
import halfsecond.monitor.v1.ReportFeedbackResponse;
import halfsecond.monitor.window.UtteranceWindows;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Takes what users did, and answers once it is durable. Safe for use by any thread. */
public final class FeedbackIntake {
  private static final int MOST_FEEDBACK = 100;

  private final FeedbackLog log;
  private final UtteranceWindows windows;
  private final InstantSource clock;

  /**
   * @param windows say which times are kept
   */
  public FeedbackIntake(FeedbackLog log, UtteranceWindows windows, InstantSource clock) {
    this.log = log;
    this.windows = windows;
    this.clock = clock;
  }

  void take(ReportFeedbackRequest request, StreamObserver<ReportFeedbackResponse> observer) {
    List<Feedback> offered = request.getFeedbackList();
    Limits.check(
        !offered.isEmpty() && offered.size() <= MOST_FEEDBACK, "feedback", "1 to 100 of them");
    Instant now = clock.instant();
    Acknowledgement result = new Acknowledgement();
    List<FeedbackEntry> valid = new ArrayList<>(offered.size());
    for (int i = 0; i < offered.size(); i++) {
      try {
        var feedback = FeedbackReader.read(offered.get(i));
        windows.check("event_time", feedback.eventTime(), now);
        valid.add(new FeedbackEntry(feedback, now, offered.get(i).toByteArray()));
      } catch (SpeechException e) {
        result.refused(0, i, e);
      }
    }
    var unused =
        log.append(valid)
            .thenApply(fresh -> result.counted(fresh, valid.size() - fresh))
            .whenComplete(
                (counted, thrown) -> {
                  if (thrown == null) {
                    observer.onNext(response(counted));
                    observer.onCompleted();
                  } else {
                    Throwable cause =
                        thrown instanceof CompletionException ? thrown.getCause() : thrown;
                    observer.onError(Statuses.toException(cause == null ? thrown : cause));
                  }
                });
  }

  private static ReportFeedbackResponse response(Acknowledgement counted) {
    return ReportFeedbackResponse.newBuilder()
        .setAcceptedCount(counted.acceptedCount())
        .setDuplicateCount(counted.duplicateCount())
        .addAllRefused(counted.refusals())
        .build();
  }
}
