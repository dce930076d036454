// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import halfsecond.testing.FakeTicker;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A fleet of replicas that say what the test makes them say, in the test's time. */
final class Stand {
  static final String VERSION = "en-small@1";

  /** A replica and nothing around it. */
  record Post(Replica replica) implements Member {}

  /** A stream that waits as long as the test says. */
  static final class Stream implements OpenStream {
    long progressDue;
    long finalDue;
    int given;

    @Override
    public long progressDue(long nowNanos) {
      return progressDue;
    }

    @Override
    public long finalDue(long nowNanos) {
      return finalDue;
    }

    @Override
    public void slow() {
      given++;
    }
  }

  final FakeTicker ticker = new FakeTicker();
  final Fleet<Post> fleet;
  final List<Replica> replicas = new ArrayList<>();
  private double busy;

  Stand(int replicas) {
    this(replicas, OpenTelemetry.noop().getMeter("test"));
  }

  Stand(int replicas, Meter meter) {
    fleet = new Fleet<>("asr", new BackendMetrics(meter), below -> 0);
    for (int i = 0; i < replicas; i++) {
      Replica replica =
          new Replica(
              "backend-" + i,
              ticker,
              Duration.ofMillis(1_300),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30));
      replica.versions(Set.of(VERSION));
      this.replicas.add(replica);
      fleet.add(new Post(replica));
    }
    report();
  }

  static LoadReport load(double coresUsed) {
    return new LoadReport(coresUsed, 2, Duration.ZERO, false);
  }

  Replica replica(int index) {
    return replicas.get(index);
  }

  /** From now on all report that so many of their two cores are busy; none at first. */
  void busy(double cores) {
    busy = cores;
  }

  /** All of them report. */
  Stand report() {
    replicas.forEach(replica -> replica.reported(load(busy)));
    return this;
  }

  Stand pass(long millis) {
    ticker.advance(Duration.ofMillis(millis));
    return this;
  }

  Optional<String> choose(String... avoid) {
    return fleet
        .choose(replica -> replica.versions().contains(VERSION), Set.of(avoid))
        .map(post -> post.replica().name());
  }
}
