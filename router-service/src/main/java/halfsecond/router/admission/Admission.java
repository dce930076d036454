// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.admission;

import halfsecond.router.utterance.TrafficClass;

/** Admits sessions and utterances. Called by many sessions at once; never blocks. */
public interface Admission {
  /** Lets everything in. */
  Admission UNLIMITED =
      new Admission() {
        @Override
        public Admitted session(TrafficClass traffic) {
          return () -> {};
        }

        @Override
        public Admitted utterance(TrafficClass traffic, String modelVersion) {
          return () -> {};
        }
      };

  /** A place that is taken. Closing it, on any thread and any number of times, gives it back. */
  interface Admitted extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Asked when a session opens, whose first utterance will come soon. Closed when that utterance is
   * asked for, or the session ends, or will not speak for now.
   *
   * @throws halfsecond.common.error.SpeechException SATURATED, with a time to try again
   */
  Admitted session(TrafficClass traffic);

  /**
   * Asked at the start of speech. Closed when recognition has no more work with the utterance.
   *
   * @throws halfsecond.common.error.SpeechException SATURATED, with a time to try again
   */
  Admitted utterance(TrafficClass traffic, String modelVersion);
}
