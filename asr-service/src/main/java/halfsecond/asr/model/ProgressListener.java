// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

/**
 * Hears how far something long has come. Called by the thread that does the work, a few times a
 * second at most.
 */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Says where the work is.
   *
   * @param step what is being done, a phrase for people such as "composing the static graph"
   * @param percent 0 to 100 of that step, never falling; an estimate where the end is not known.
   *     100 once it is done
   */
  void progress(String step, int percent);

  /** One that nobody listens through. */
  static ProgressListener none() {
    return (step, percent) -> {};
  }
}
