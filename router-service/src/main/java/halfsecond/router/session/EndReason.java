// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.Finality;

/** Why an utterance ended, and what that makes of its final. */
public enum EndReason {
  END_OF_SPEECH(Finality.END_OF_SPEECH),
  FINALIZE(Finality.CLIENT_FINALIZE),
  MAX_DURATION(Finality.MAX_DURATION),
  STREAM_END(Finality.STREAM_END);

  private final Finality finality;

  EndReason(Finality finality) {
    this.finality = finality;
  }

  /** The finality of a final whose whole clip was recognized. */
  public Finality finality() {
    return finality;
  }
}
