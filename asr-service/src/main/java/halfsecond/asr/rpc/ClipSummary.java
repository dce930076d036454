// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.ClipResult;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.common.audio.Audio16k;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The one line that a clip leaves in the log. Never what was said in it. */
final class ClipSummary {
  private static final Logger LOG = LoggerFactory.getLogger(ClipSummary.class);

  private long bytes;

  void received(int count) {
    bytes += count;
  }

  /**
   * @param late how it went on after an answer that was due before all was decoded
   */
  void log(
      TranscribeConfig config,
      Outcome outcome,
      @Nullable ClipResult result,
      @Nullable LateOutcome late) {
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("utterance_id", config.getUtteranceId())
            .addKeyValue("attempt", config.getAttempt())
            .addKeyValue("model", config.getModelVersion())
            .addKeyValue("outcome", outcome.label())
            .addKeyValue("audio_ms", Audio16k.millis(bytes / Audio16k.BYTES_PER_SAMPLE));
    if (result != null) {
      line =
          line.addKeyValue("decode_ms", result.statistics().decodeTime().toMillis())
              .addKeyValue("queue_ms", result.statistics().maxQueueTime().toMillis())
              .addKeyValue("finalize_ms", result.statistics().finalizeTime().toMillis());
    }
    if (late != null) {
      line = line.addKeyValue("late", late.label());
    }
    line.log("clip ended");
  }
}
