// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

/** Chooses versions. Called by many sessions at once; never blocks. */
public interface ModelChooser {
  /**
   * Chooses for one utterance.
   *
   * @throws halfsecond.common.error.SpeechException MODEL_NOT_FOUND when no loaded version answers
   *     to the request, FIELD_INVALID when it does not speak the language
   */
  ModelChoice choose(ModelRequest request, String utteranceId);

  /**
   * Says at the opening of a session whether its utterances could be served now, without choosing.
   *
   * @throws halfsecond.common.error.SpeechException as {@link #choose}
   */
  void requireServable(ModelRequest request);
}
