// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client that remembers what it was told, in order, and fails the test when told something after
 * the end.
 */
final class FakeOutput implements SessionOutput {
  final List<String> told = new ArrayList<>();
  final List<SpeechActivity> activities = new ArrayList<>();
  final List<InterimResult> interims = new ArrayList<>();
  final List<FinalResult> finals = new ArrayList<>();
  final List<Rejection> rejections = new ArrayList<>();
  final List<String> closed = new ArrayList<>();
  int requested;
  boolean ready = true;
  boolean breaks;
  boolean over;
  private Optional<SpeechException> status = Optional.empty();

  /** Why it ended; empty for well. */
  Optional<Reason> endReason() {
    if (!over) {
      throw new AssertionError("the session goes on");
    }
    return status.map(SpeechException::reason);
  }

  private void tell(String what) {
    if (over) {
      throw new AssertionError(what + " after the end");
    }
    told.add(what);
  }

  @Override
  public void request() {
    requested++;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void started(String sessionId, Optional<Duration> budget) {
    tell("started");
  }

  @Override
  public void activity(SpeechActivity event) {
    tell(event.begin() ? "begin" : "end");
    activities.add(event);
  }

  @Override
  public void interim(InterimResult result) {
    tell("interim");
    interims.add(result);
  }

  @Override
  public void answered(FinalResult result) {
    if (breaks) {
      throw new IllegalStateException("broken");
    }
    tell("final");
    finals.add(result);
    closed.add(result.utteranceId());
  }

  @Override
  public void rejected(Rejection rejection) {
    tell("rejected");
    rejections.add(rejection);
    closed.add(rejection.utteranceId());
  }

  @Override
  public void draining(Duration remaining) {
    tell("draining");
  }

  @Override
  public void ended(Optional<SpeechException> how) {
    tell("ended");
    over = true;
    status = how;
  }
}
