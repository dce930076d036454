// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;

/** Times of the contract and of the domain. */
final class Times {
  private Times() {}

  static Duration duration(String field, com.google.protobuf.Duration proto) {
    if (!Durations.isValid(proto)) {
      throw SpeechException.fieldInvalid(field, "a valid duration");
    }
    return Duration.ofSeconds(proto.getSeconds(), proto.getNanos());
  }

  static Instant instant(String field, Timestamp proto) {
    if (!Timestamps.isValid(proto)) {
      throw SpeechException.fieldInvalid(field, "a valid time");
    }
    return Instant.ofEpochSecond(proto.getSeconds(), proto.getNanos());
  }

  static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static TimeSpan span(TimeRange range) {
    Limits.check(range.hasStartTime(), "range.start_time", "set");
    Limits.check(range.hasEndTime(), "range.end_time", "set");
    Instant start = instant("range.start_time", range.getStartTime());
    Instant end = instant("range.end_time", range.getEndTime());
    Limits.check(end.isAfter(start), "range.end_time", "after start_time");
    return new TimeSpan(start, end);
  }

  static TimeRange range(TimeSpan span) {
    return TimeRange.newBuilder()
        .setStartTime(timestamp(span.start()))
        .setEndTime(timestamp(span.end()))
        .build();
  }
}
