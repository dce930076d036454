// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges with a memory that ends. A judge adapts to what it hears and never quite forgets, so one
 * that takes over within a session could only go on exactly as the one before if it heard all of
 * the session again. Here a fresh judge begins to listen at every multiple of {@link #PERIOD} of
 * the session, and speaks from one period later until the next does. What is said of a frame
 * depends on the audio of the two periods before it and nothing older: a stream that resumes {@link
 * #MEMORY} before a frame says the same of it.
 *
 * <p>Owns the judges it opens, two at most.
 */
public final class RenewedJudge implements FrameJudge {
  /** A multiple of 60 ms, hence of every frame. */
  static final Duration PERIOD = Duration.ofSeconds(6);

  /** How much audio before a frame decides what is said of it. */
  static final Duration MEMORY = PERIOD.multipliedBy(2);

  private final Supplier<FrameJudge> judges;
  private final long framesPerPeriod;
  private FrameJudge speaking;
  private @Nullable FrameJudge listening;
  private long frame;
  private boolean begun;

  /**
   * @param judges opens a fresh judge
   * @param sampleRateHertz of the audio
   * @param frameMillis 10, 20 or 30
   * @param startSample position in the session of the first sample that will come; a part of a
   *     frame before the first whole one is not judged
   */
  public RenewedJudge(
      Supplier<FrameJudge> judges, int sampleRateHertz, int frameMillis, long startSample) {
    this(judges, sampleRateHertz, frameMillis, startSample, PERIOD);
  }

  RenewedJudge(
      Supplier<FrameJudge> judges,
      int sampleRateHertz,
      int frameMillis,
      long startSample,
      Duration period) {
    long frameSamples = sampleRateHertz / 1000L * frameMillis;
    this.judges = judges;
    this.framesPerPeriod = period.toMillis() / frameMillis;
    this.frame = (startSample + frameSamples - 1) / frameSamples;
    this.speaking = judges.get();
  }

  @Override
  public boolean isVoiced(short[] samples) {
    if (begun && frame % framesPerPeriod == 0) {
      renew();
    }
    begun = true;
    frame++;
    if (listening != null) {
      listening.isVoiced(samples);
    }
    return speaking.isVoiced(samples);
  }

  private void renew() {
    FrameJudge next = listening;
    listening = null;
    if (next != null) {
      FrameJudge before = speaking;
      speaking = next;
      before.close();
    }
    listening = judges.get();
  }

  @Override
  public void close() {
    speaking.close();
    if (listening != null) {
      listening.close();
    }
  }
}
