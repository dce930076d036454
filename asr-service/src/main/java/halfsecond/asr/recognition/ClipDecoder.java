// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import halfsecond.common.concurrent.Ticker;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The engine's side of one clip: takes a recognizer when the first audio comes, feeds it, and gives
 * it back. Only the clip's turns touch it, one after another; the counters may be read by any
 * thread.
 */
final class ClipDecoder {
  private final ClipSpec spec;
  private final ModelLease lease;
  private final Ticker ticker;
  private final Ticker cost;
  private final HypothesisPacer pacer;
  private final Sound sound = new Sound();
  private @Nullable Recognizer recognizer;
  private volatile Hypothesis latest = Hypothesis.NONE;
  private final AtomicLong processedSamples = new AtomicLong();
  private final AtomicLong decodeNanos = new AtomicLong();
  private final AtomicLong costNanos = new AtomicLong();
  private final RecentCost recentCost = new RecentCost();
  private volatile long maxQueueNanos;

  /** How much the text so far matters. */
  enum Text {
    /** Nobody will hear it. */
    UNWANTED,
    /** It is told now and then. */
    PACED,
    /** It may be the answer at any moment. */
    URGENT
  }

  /** What was recognized, and whether it was withheld as noise. */
  record Outcome(Recognition recognition, boolean rejected) {}

  /**
   * @param cost what a turn takes from a processor, asked by the thread of the turn
   */
  ClipDecoder(ClipSpec spec, ModelLease lease, Ticker ticker, Ticker cost) {
    this.spec = spec;
    this.lease = lease;
    this.ticker = ticker;
    this.cost = cost;
    this.pacer = new HypothesisPacer(spec.hypothesisInterval(), ticker.nanos());
  }

  /** Decodes a block; gives the hypothesis to tell, if there is one. */
  Optional<Hypothesis> decode(ClipAudio.Block block, Text wanted) {
    long start = ticker.nanos();
    long costBefore = cost.nanos();
    maxQueueNanos = Math.max(maxQueueNanos, start - block.arrivedNanos());
    try {
      Recognizer engine = opened();
      engine.accept(block.audio(), block.bytes());
      sound.add(block.audio(), block.bytes());
      long covered = processedSamples.addAndGet(block.samples());
      return isDue(wanted, start) ? textSoFar(engine, covered) : Optional.empty();
    } finally {
      decodeNanos.addAndGet(ticker.nanos() - start);
      long spent = cost.nanos() - costBefore;
      costNanos.addAndGet(spent);
      recentCost.add(spent, block.samples());
    }
  }

  /** Ends the clip and gives the recognizer back. */
  Outcome finish() {
    Recognizer engine = recognizer;
    if (engine == null) {
      return new Outcome(Recognition.EMPTY, false);
    }
    long start = ticker.nanos();
    long costBefore = cost.nanos();
    Recognition recognition;
    try {
      recognition = engine.finish();
    } finally {
      decodeNanos.addAndGet(ticker.nanos() - start);
      costNanos.addAndGet(cost.nanos() - costBefore);
    }
    recognizer = null;
    lease.recycle(engine);
    boolean rejected = NoiseRejection.isNoise(recognition.best(), sound);
    return new Outcome(rejected ? Recognition.EMPTY : recognition, rejected);
  }

  /** Gives up what was decoded, without keeping anything of it. */
  void abandon() {
    Recognizer engine = recognizer;
    if (engine != null) {
      engine.finish();
      recognizer = null;
      lease.recycle(engine);
    }
  }

  /** After a failure: the recognizer is not trusted with another clip. */
  void destroy() {
    Recognizer engine = recognizer;
    recognizer = null;
    if (engine != null) {
      lease.discard(engine);
    }
  }

  boolean holdsRecognizer() {
    return recognizer != null;
  }

  Hypothesis latest() {
    return latest;
  }

  long processedSamples() {
    return processedSamples.get();
  }

  long decodeNanos() {
    return decodeNanos.get();
  }

  /** Processor time of all turns. */
  long costNanos() {
    return costNanos.get();
  }

  long maxQueueNanos() {
    return maxQueueNanos;
  }

  /** Over the last second of its audio; empty before enough audio to tell. */
  Optional<Double> realTimeFactor() {
    return recentCost.realTimeFactor();
  }

  private boolean isDue(Text wanted, long nowNanos) {
    return switch (wanted) {
      case UNWANTED -> false;
      case PACED -> pacer.isDue(nowNanos);
      case URGENT -> pacer.isDueUrgently(nowNanos);
    };
  }

  private Optional<Hypothesis> textSoFar(Recognizer engine, long covered) {
    String text = engine.partial();
    // Noise is not shown as a word for a moment either.
    String shown = text.isEmpty() || sound.isSteady() ? "" : text;
    Optional<Hypothesis> told = pacer.take(shown, covered, ticker.nanos());
    latest = pacer.latest();
    return told;
  }

  private Recognizer opened() {
    Recognizer open = recognizer;
    if (open == null) {
      open = lease.acquire();
      recognizer = open;
      open.begin(spec.maxAlternatives());
    }
    return open;
  }
}
