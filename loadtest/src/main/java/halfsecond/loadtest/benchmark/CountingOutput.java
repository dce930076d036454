// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import halfsecond.common.error.SpeechException;
import halfsecond.router.session.FinalResult;
import halfsecond.router.session.InterimResult;
import halfsecond.router.session.Rejection;
import halfsecond.router.session.SessionOutput;
import halfsecond.router.session.SpeechActivity;
import java.time.Duration;
import java.util.Optional;

/** A client that only counts. */
final class CountingOutput implements SessionOutput {
  long told;
  int finals;

  @Override
  public void request() {
    told++;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void started(String sessionId, Optional<Duration> budget) {
    told++;
  }

  @Override
  public void activity(SpeechActivity event) {
    told++;
  }

  @Override
  public void interim(InterimResult result) {
    told++;
  }

  @Override
  public void answered(FinalResult result) {
    told++;
    finals++;
  }

  @Override
  public void rejected(Rejection rejection) {
    throw new IllegalStateException("refused", rejection.status());
  }

  @Override
  public void draining(Duration remaining) {
    told++;
  }

  @Override
  public void ended(Optional<SpeechException> status) {
    status.ifPresent(
        why -> {
          throw new IllegalStateException("ended badly", why);
        });
  }
}
