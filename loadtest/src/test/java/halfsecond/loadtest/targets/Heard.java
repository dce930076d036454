// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Notes what a target answers, and what must not happen: two calls at once, or one after the end.
 */
final class Heard implements QueryListener {
  final List<String> partials = new CopyOnWriteArrayList<>();
  final List<FinalAnswer> answers = new CopyOnWriteArrayList<>();
  final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  final Queue<String> ends = new ConcurrentLinkedQueue<>();

  @Override
  public void partial(String text) {
    partials.add(checked(text));
  }

  @Override
  public void answered(FinalAnswer answer) {
    answers.add(checked(answer));
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.add(checked(refusal));
  }

  @Override
  public void closed() {
    ends.add(checked("closed"));
  }

  @Override
  public void failed(String code) {
    ends.add(checked(code));
  }

  /** How the query ended: "closed" or the code of its failure. */
  String end() {
    await("the real server to end the query")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !ends.isEmpty());
    return ends.element();
  }

  private <T> T checked(T event) {
    if (!ends.isEmpty()) {
      throw new AssertionError("told of " + event + " after the end");
    }
    return event;
  }
}
