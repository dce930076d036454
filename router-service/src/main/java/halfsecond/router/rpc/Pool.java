// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.EventLoops;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.router.backend.Fleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Fills a fleet with the links to the replicas of one service, and owns their connections. A
 * replica that vanishes gets no new streams; its connections end when its streams have. Closing
 * cuts off what is open after a moment.
 */
final class Pool<T extends Link> implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Telemetry telemetry;
  private final EventLoops loops;
  private final Fleet<T> fleet;
  private final BiFunction<ChannelConfig, Connections, T> linking;
  private final Membership<T> membership;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<T> links = new ArrayList<>();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param linking makes the link to one replica
   */
  Pool(
      PoolConfig config,
      NameResolver resolver,
      Scheduler scheduler,
      Telemetry telemetry,
      EventLoops loops,
      Fleet<T> fleet,
      BiFunction<ChannelConfig, Connections, T> linking) {
    this.telemetry = telemetry;
    this.loops = loops;
    this.fleet = fleet;
    this.linking = linking;
    this.membership = new Membership<>(config, resolver, scheduler, this::open, this::retire);
  }

  /** To be called once. */
  void start() {
    membership.start();
  }

  private T open(ChannelConfig target) {
    T link = linking.apply(target, new Connections(target, loops, telemetry));
    boolean late;
    synchronized (lock) {
      late = closed;
      links.removeIf(other -> other.connections().terminated());
      links.add(link);
    }
    if (late) {
      link.connections().retire();
    } else {
      fleet.add(link);
      link.start();
    }
    return link;
  }

  private void retire(T link) {
    fleet.remove(link);
    link.replica().retire();
    link.close();
    link.connections().retire();
  }

  @Override
  public void close() {
    membership.close();
    List<T> open;
    synchronized (lock) {
      closed = true;
      open = List.copyOf(links);
    }
    open.forEach(this::retire);
    try (Closer closer = new Closer()) {
      open.forEach(
          link -> {
            AutoCloseable unused = closer.register(() -> link.connections().close(GRACE));
          });
    }
  }
}
