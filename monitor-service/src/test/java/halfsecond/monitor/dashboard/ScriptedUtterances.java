// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.GetUtteranceResponse;
import halfsecond.monitor.v1.PartialStatistics;
import halfsecond.monitor.v1.UtteranceRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Utterances of all kinds, the newest first; none of them says anything. */
final class ScriptedUtterances {
  static final String CUT = "u-3";
  private static final int COUNT = 60;

  private ScriptedUtterances() {}

  static List<UtteranceRecord> newest(Instant now) {
    return IntStream.rangeClosed(1, COUNT).mapToObj(number -> record(number, now).build()).toList();
  }

  private static UtteranceRecord.Builder record(int number, Instant now) {
    String id = "u-" + number;
    UtteranceRecord.Builder record =
        switch (number % 12) {
          case 3 -> TestRecords.cut(id);
          case 5 -> TestRecords.empty(id);
          case 8 -> TestRecords.rejected(id);
          case 10 -> TestRecords.replayed(id);
          default -> TestRecords.answered(id);
        };
    int decoded = 214 + (number * 37) % 90;
    if (record.hasLatency() && number % 12 != 3) {
      record.setLatency(
          TestRecords.latency(202, 208, decoded, decoded + 4).setBudget(Durations.fromMillis(500)));
    }
    record.getCohortBuilder().setDevice(ScriptedNumbers.DEVICES.get(number % 5));
    return record
        .setPartials(PartialStatistics.newBuilder().setSent(6).setDropped(1).setRetractedWords(2))
        .setSessionId("session-" + number % 7)
        .setEventTime(Timestamps.fromMillis(now.minusMillis(number * 870L).toEpochMilli()));
  }

  static GetUtteranceResponse one(UtteranceRecord record) {
    GetUtteranceResponse.Builder response = GetUtteranceResponse.newBuilder().addRecords(record);
    if (record.getUtteranceId().equals(CUT)) {
      UtteranceRecord.Builder late =
          TestRecords.late(CUT)
              .setEventTime(record.getEventTime())
              .setSessionId(record.getSessionId());
      late.getLateAnswerBuilder().setDecodeDone(Durations.fromMillis(690));
      response
          .addRecords(late)
          .addFeedback(
              Feedback.newBuilder()
                  .setFeedbackId("f-1")
                  .setUtteranceId(CUT)
                  .setEventTime(Timestamps.add(record.getEventTime(), Durations.fromMillis(4_100)))
                  .setKind(Feedback.Kind.KIND_REDO)
                  .setDelay(Durations.fromMillis(3_600)));
    }
    return response.setTrace(trace(record)).build();
  }

  /** TracesData by its field numbers: one resource, one scope, the spans of the pipeline. */
  private static ByteString trace(UtteranceRecord record) {
    long end = Timestamps.toNanos(record.getEventTime());
    Message service =
        new Message().text(1, "service.name").message(2, new Message().text(1, "router"));
    Message spans =
        new Message()
            .message(2, span("utterance", end - 1_600_000_000L, end + 300_000_000L))
            .message(2, span("asr.decode", end - 1_500_000_000L, end + 290_000_000L))
            .message(2, span("vad.endpoint", end, end + 202_000_000L))
            .message(2, span("asr.finalize", end + 210_000_000L, end + 290_000_000L));
    Message resource =
        new Message().message(1, new Message().message(1, service)).message(2, spans);
    return new Message().message(1, resource).bytes();
  }

  private static Message span(String name, long start, long end) {
    return new Message().text(5, name).fixed(7, start).fixed(8, end);
  }

  /** A protobuf message written by hand. */
  private static final class Message {
    private final ByteString.Output out = ByteString.newOutput();

    Message text(int field, String text) {
      return delimited(field, ByteString.copyFromUtf8(text));
    }

    Message message(int field, Message message) {
      return delimited(field, message.bytes());
    }

    Message fixed(int field, long value) {
      out.write((field << 3) | 1);
      for (int shift = 0; shift < 64; shift += 8) {
        out.write((int) (value >>> shift));
      }
      return this;
    }

    private Message delimited(int field, ByteString content) {
      out.write((field << 3) | 2);
      int length = content.size();
      while (length > 0x7f) {
        out.write((length & 0x7f) | 0x80);
        length >>>= 7;
      }
      out.write(length);
      for (int i = 0; i < content.size(); i++) {
        out.write(content.byteAt(i));
      }
      return this;
    }

    ByteString bytes() {
      return out.toByteString();
    }
  }
}
