// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a detector says and fails at once when it breaks a promise about order and ranges. */
final class RecordingListener implements SpeechListener {
  final List<SpeechStarted> started = new ArrayList<>();
  final List<SpeechEnded> ended = new ArrayList<>();
  final List<Progress> progress = new ArrayList<>();

  /** Starts and ends in order. */
  final List<Object> events = new ArrayList<>();

  private @Nullable SpeechStarted open;
  private long acknowledged;
  private long processed;
  private long previousClipEnd;

  @Override
  public void speechStarted(SpeechStarted event) {
    assertThat(open).as("utterances do not overlap").isNull();
    assertThat(event.utteranceIndex()).isEqualTo(started.size());
    assertThat(event.clipStart()).isGreaterThanOrEqualTo(previousClipEnd);
    assertThat(event.speechStart()).isGreaterThanOrEqualTo(event.clipStart());
    assertThat(event.acknowledged()).isGreaterThan(event.speechStart());
    assertThat(event.processed()).isGreaterThanOrEqualTo(event.acknowledged());
    open = event;
    acknowledged = event.acknowledged();
    advance(event.processed());
    started.add(event);
    events.add(event);
  }

  @Override
  public void progress(Progress event) {
    assertThat(event.acknowledged().isPresent()).isEqualTo(open != null);
    event
        .acknowledged()
        .ifPresent(
            now -> {
              assertThat(now).isBetween(acknowledged, event.processed());
              acknowledged = now;
            });
    advance(event.processed());
    progress.add(event);
  }

  @Override
  public void speechEnded(SpeechEnded event) {
    SpeechStarted begun = open;
    assertThat(begun).as("an utterance is in progress").isNotNull();
    if (begun != null) {
      assertThat(event.utteranceIndex()).isEqualTo(begun.utteranceIndex());
      assertThat(event.clipStart()).isEqualTo(begun.clipStart());
      assertThat(event.speechStart()).isEqualTo(begun.speechStart());
    }
    assertThat(event.clipEnd()).isBetween(acknowledged, event.decided());
    assertThat(event.speechEnd()).isBetween(event.speechStart() + 1, event.clipEnd());
    assertThat(event.statistics().speechRatio()).isBetween(Double.MIN_VALUE, 1.0);
    advance(event.decided());
    previousClipEnd = event.clipEnd();
    open = null;
    ended.add(event);
    events.add(event);
  }

  boolean inUtterance() {
    return open != null;
  }

  private void advance(long position) {
    assertThat(position).as("positions never go back").isGreaterThanOrEqualTo(processed);
    processed = position;
  }
}
