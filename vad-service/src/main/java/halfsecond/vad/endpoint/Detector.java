// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import halfsecond.common.audio.Levels;
import halfsecond.vad.signal.PitchEstimator;
import halfsecond.vad.signal.SpectralCentroid;
import java.nio.ShortBuffer;
import java.util.OptionalLong;

/**
 * Finds the utterances in the audio of one session and tells its listener. The same audio gives the
 * same starts and ends however it is cut into pieces. Owns its judge until {@link #close}. Used by
 * one thread at a time.
 */
public final class Detector implements AutoCloseable {
  private static final int PROGRESS_PER_SECOND = 10;
  private static final int SURROUNDINGS_PER_SECOND = 2;

  private final FrameJudge judge;
  private final SpeechListener listener;
  private final FrameSlicer slicer;
  private final Endpointer endpointer;
  private final PitchEstimator pitch;
  private final SpectralCentroid centroid;
  private final long progressSamples;
  private Progress reported;

  /**
   * @param settings how frames become utterances
   * @param sampleRateHertz 8000, 16000, 32000 or 48000
   * @param startSample position of the first sample that will come, 0 or more
   * @param judge says what is speech; closed with the detector
   */
  public Detector(
      EndpointingSettings settings,
      int sampleRateHertz,
      long startSample,
      FrameJudge judge,
      SpeechListener listener) {
    FrameCounts counts = FrameCounts.of(settings, sampleRateHertz);
    this.judge = judge;
    this.listener = listener;
    this.slicer = new FrameSlicer(counts.frame(), startSample);
    this.endpointer =
        new Endpointer(counts, startSample, sampleRateHertz / SURROUNDINGS_PER_SECOND, listener);
    this.pitch = new PitchEstimator(sampleRateHertz);
    this.centroid = new SpectralCentroid(sampleRateHertz, counts.frame());
    this.progressSamples = sampleRateHertz / PROGRESS_PER_SECOND;
    this.reported = new Progress(startSample, OptionalLong.empty());
  }

  /** Hears the audio that follows what was heard before. */
  public void hear(ShortBuffer audio) {
    while (slicer.fill(audio)) {
      endpointer.accept(judge());
      slicer.next();
      if (!endpointer.inUtterance()
          && endpointer.processed() - reported.processed() >= progressSamples) {
        report();
      }
    }
    if (endpointer.inUtterance()) {
      report();
    }
  }

  /** Ends the utterance in progress at the audio heard so far; does nothing when there is none. */
  public void endUtterance() {
    endpointer.end(EndReason.FINALIZE, unjudged());
  }

  /** There is no more audio: ends the utterance in progress, if there is one. */
  public void endOfStream() {
    endpointer.end(EndReason.STREAM_END, unjudged());
  }

  /** Whether an utterance is in progress: between its start and its end. */
  public boolean inUtterance() {
    return endpointer.inUtterance();
  }

  /** All samples before this one have been judged. */
  public long processed() {
    return endpointer.processed();
  }

  /**
   * Frees the judge; an utterance in progress gets no end. Does nothing when that has been done.
   */
  @Override
  public void close() {
    judge.close();
  }

  private Frame judge() {
    short[] samples = slicer.samples();
    pitch.hear(samples, slicer.filled());
    long end = slicer.start() + slicer.filled();
    long start = Math.max(slicer.start(), endpointer.clipFloor());
    Levels levels = new Levels();
    levels.add(samples, (int) (start - slicer.start()), slicer.filled());
    if (!slicer.isWhole() || !judge.isVoiced(samples)) {
      return Frame.unvoiced(start, end, levels);
    }
    return new Frame(start, end, true, levels, pitch.estimate(), centroid.of(samples));
  }

  /** Levels of what has arrived of the next frame. */
  private Levels unjudged() {
    Levels levels = new Levels();
    levels.add(slicer.samples(), 0, slicer.filled());
    return levels;
  }

  private void report() {
    reported =
        new Progress(
            endpointer.processed(),
            endpointer.inUtterance()
                ? OptionalLong.of(endpointer.acknowledged())
                : OptionalLong.empty());
    listener.progress(reported);
  }
}
