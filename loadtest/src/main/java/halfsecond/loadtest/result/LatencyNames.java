// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

/** The keys of {@link RunResult#latencies}. */
public final class LatencyNames {
  /** From the end of speech, by the audio clock from the intended start, to the final. */
  public static final String FINAL = "final";

  /**
   * The same from the instant at which the audio was really sent: shows what omission would hide.
   */
  public static final String FINAL_UNCORRECTED = "final_uncorrected";

  /** From the end of the last word, where the corpus knows it, to the final. */
  public static final String FINAL_FROM_LAST_WORD = "final_from_last_word";

  /** From the start of the audio to the first interim text. */
  public static final String FIRST_PARTIAL = "first_partial";

  /** Between two interim texts of one query. */
  public static final String PARTIAL_GAP = "partial_gap";

  /** From the intended start of the audio to a refusal at the opening. */
  public static final String REFUSAL_AT_OPEN = "refusal_at_open";

  /** Answers by a second attempt: from the end of speech to the final. */
  public static final String FINAL_REPLAYED = "final_replayed";

  private LatencyNames() {}
}
