// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/** What endpointing tells its session; all in the session's sequence. */
interface EndpointingEvents {
  /** Whether one more utterance may be started. */
  boolean hasRoom();

  void started(SpeechStarted event);

  /** The clip in progress reaches at least here. */
  void acknowledged(long sample);

  void ended(SpeechEnded event);

  /** The detector was lost while an utterance was in progress; another one goes on. */
  void detectorLost();

  /** No utterance will follow. The last event. */
  void exhausted();

  /** The detector was lost. The last event. */
  void lost(BackendFailure failure);
}
