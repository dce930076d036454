// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.admission.Admission;
import halfsecond.router.utterance.TrafficClass;
import java.util.ArrayList;
import java.util.List;

/** Admits until it is told not to and remembers what has not been given back. */
final class CountingAdmission implements Admission {
  final List<String> open = new ArrayList<>();
  boolean saturated;

  @Override
  public Admitted session(TrafficClass traffic) {
    return take("session");
  }

  @Override
  public Admitted utterance(TrafficClass traffic, String modelVersion) {
    return take("utterance " + modelVersion);
  }

  private Admitted take(String what) {
    if (saturated) {
      throw new SpeechException(Reason.SATURATED, "full");
    }
    open.add(what);
    boolean[] closed = {false};
    return () -> {
      if (!closed[0]) {
        closed[0] = true;
        open.remove(what);
      }
    };
  }
}
