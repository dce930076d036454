// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.monitor.v1.StageBatch;
import halfsecond.monitor.v1.StageSample;
import java.util.List;

/** A stream to the monitor. Used in the sequence of {@link StageReports}. */
interface StageStream {
  /** Sends one batch. The next one only after the answer, so nothing can pile up. */
  void send(List<StageSample> samples);

  /** Gives the stream up; nothing more is heard of it. */
  void cancel();

  /** Opens streams. */
  @FunctionalInterface
  interface Link {
    /** Returns at once; what becomes of the stream is told later, never before this returns. */
    StageStream open(Listener listener);
  }

  /** Told what becomes of a stream, in the sequence of {@link StageReports}. */
  interface Listener {
    /** It is connected. May be told more than once. */
    void ready();

    /**
     * The monitor has taken the batch.
     *
     * @param refused samples of it that it has not taken
     * @param field what was wrong with the first of them; empty when there is none
     */
    void answered(int refused, String field);

    /**
     * It is over.
     *
     * @param untaken the monitor said so itself: it had taken nothing that it did not answer
     * @param why for the log
     */
    void over(boolean untaken, String why);
  }

  /** The message of a batch. */
  static StageBatch batch(long sequence, List<StageSample> samples) {
    return StageBatch.newBuilder().setSequence(sequence).addAllSamples(samples).build();
  }
}
