// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.store.RecordDecoder;
import halfsecond.monitor.store.RecordQuery;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;

/** Reads questions about single utterances, and records in the form in which they are kept. */
public final class UtteranceReader implements RecordDecoder {
  static final int MOST_PAGE = 500;

  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);
  private static final int DEFAULT_PAGE = 50;

  @Override
  public halfsecond.monitor.record.UtteranceRecord decode(byte[] encoded) {
    return RecordReader.read(record(encoded));
  }

  @Override
  public halfsecond.monitor.record.Feedback decodeFeedback(byte[] encoded) {
    return FeedbackReader.read(feedback(encoded));
  }

  static UtteranceRecord record(byte[] encoded) {
    try {
      return UtteranceRecord.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("what is kept is no record", e);
    }
  }

  static Feedback feedback(byte[] encoded) {
    try {
      return Feedback.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("what is kept is no feedback", e);
    }
  }

  /** The span that is asked for, or the last hour and what came from clocks ahead of ours. */
  static TimeSpan span(ListUtterancesRequest request, Instant now) {
    return request.hasRange()
        ? Times.span(request.getRange())
        : new TimeSpan(now.minus(DEFAULT_SPAN), now.plus(WindowLayout.FUTURE));
  }

  /**
   * @throws SpeechException {@code FIELD_INVALID}
   */
  static RecordQuery query(ListUtterancesRequest request, TimeSpan span) {
    return new RecordQuery(
        span,
        request.getSessionId().isEmpty() ? null : Limits.id("session_id", request.getSessionId()),
        request.getModelVersion().isEmpty()
            ? null
            : Limits.name("model_version", request.getModelVersion()),
        request.hasCohort() ? SummaryReader.cohort(request.getCohort()) : null,
        request.hasMinimumLatency()
            ? Limits.upTo(
                "minimum_latency",
                Times.duration("minimum_latency", request.getMinimumLatency()),
                Limits.LONGEST)
            : null,
        request.getNullTranscriptsOnly(),
        request.getRejectedOnly());
  }

  static int pageSize(int asked) {
    return asked == 0 ? DEFAULT_PAGE : Limits.between("page_size", asked, 0, MOST_PAGE);
  }
}
