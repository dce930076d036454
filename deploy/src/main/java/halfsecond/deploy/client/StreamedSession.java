// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.util.Durations;
import java.time.Duration;

/**
 * A session into which a source was streamed.
 *
 * @param result what was answered
 * @param startNanos the instant at which the first sample began, {@link System#nanoTime}
 * @param sentBytes audio that was sent, tail included
 */
public record StreamedSession(SessionResult result, long startNanos, long sentBytes) {

  /**
   * What a user waited for this final: from the instant at which the speech ended on the clock of
   * the audio until the final's arrival here. Means something for audio sent in real time only.
   */
  public Duration waitedFor(Received answer) {
    long speechEnd =
        Durations.toNanos(answer.response().getResult().getLatency().getSpeechEndOffset());
    return Duration.ofNanos(answer.nanos() - (startNanos + speechEnd));
  }
}
