// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas that do the same work. Choosing never blocks. Safe for use by any thread.
 *
 * @param <T> what the edge keeps about each
 */
public final class Fleet<T extends Member> {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  /** Failures in a row that are no longer bad luck. */
  private static final int MANY_FAILURES = 3;

  private final String service;
  private final BackendMetrics metrics;
  private final IntUnaryOperator random;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<T> owned = new ArrayList<>();

  private volatile List<T> members = List.of();

  /**
   * @param service what they do, for metrics and logs
   * @param random a number from 0 to below its argument
   */
  public Fleet(String service, BackendMetrics metrics, IntUnaryOperator random) {
    this.service = service;
    this.metrics = metrics;
    this.random = random;
  }

  String service() {
    return service;
  }

  public void add(T member) {
    synchronized (lock) {
      owned.add(member);
      members = List.copyOf(owned);
    }
  }

  /** Forgets a member; streams that it has open are its own. */
  public void remove(T member) {
    synchronized (lock) {
      owned.remove(member);
      members = List.copyOf(owned);
    }
  }

  public List<T> members() {
    return members;
  }

  /**
   * The least loaded one of those that are ready. One that is left out is taken before one to
   * avoid, and both only when there is nobody else. When nobody is ready, one that was never heard
   * of is given the chance.
   *
   * @param avoid names that failed the same work before
   */
  public Optional<T> choose(Predicate<Replica> able, Set<String> avoid) {
    Optional<T> ready = best(able.and(Replica::ready), avoid);
    return ready.isPresent() ? ready : best(able.and(Replica::unmet), avoid);
  }

  private Optional<T> best(Predicate<Replica> usable, Set<String> avoid) {
    @Nullable T best = null;
    int equals = 0;
    for (T candidate : members) {
      Replica replica = candidate.replica();
      if (!usable.test(replica)) {
        continue;
      }
      int order = best == null ? -1 : compare(replica, best.replica(), avoid);
      if (order < 0) {
        best = candidate;
        equals = 1;
      } else if (order == 0 && random.applyAsInt(++equals) == 0) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int compare(Replica one, Replica other, Set<String> avoid) {
    int order = Boolean.compare(avoid.contains(one.name()), avoid.contains(other.name()));
    if (order == 0) {
      order = Long.compare(one.ejectionRemaining(), other.ejectionRemaining());
    }
    if (order == 0) {
      order = Double.compare(one.utilization(), other.utilization());
    }
    return order == 0 ? Integer.compare(one.open(), other.open()) : order;
  }

  /** A stream failed by the replica's fault; many in a row leave it out. */
  public void failed(Replica replica) {
    if (replica.failed() >= MANY_FAILURES) {
      boolean unused = eject(replica, EjectionCause.ERRORS);
    }
  }

  /**
   * Leaves a replica out for a while, unless it is out already or the last one that is ready.
   *
   * @return whether it is left out by this call
   */
  public boolean eject(Replica replica, EjectionCause cause) {
    Duration time;
    synchronized (lock) {
      if (replica.ejected() || owned.stream().noneMatch(other -> takesOver(other, replica))) {
        return false;
      }
      time = replica.eject();
    }
    metrics.ejected(service, cause);
    LOG.atWarn()
        .addKeyValue("service", service)
        .addKeyValue("backend", replica.name())
        .addKeyValue("cause", cause.label())
        .addKeyValue("for_ms", time.toMillis())
        .log("a backend is left out");
    return true;
  }

  private static boolean takesOver(Member other, Replica from) {
    Replica replica = other.replica();
    return replica != from && replica.ready() && !replica.ejected();
  }

  /** Those that are ready and not left out; all that are ready when every one is left out. */
  List<Replica> inUse() {
    List<Replica> ready = members.stream().map(Member::replica).filter(Replica::ready).toList();
    List<Replica> used = ready.stream().filter(replica -> !replica.ejected()).toList();
    return used.isEmpty() ? ready : used;
  }

  /** The load of those that are in use. */
  public Capacity capacity() {
    double used = 0;
    double cores = 0;
    Duration backlog = Duration.ZERO;
    long oldest = 0;
    for (Replica replica : inUse()) {
      LoadReport load = replica.load();
      if (load.cores() == 0) {
        continue;
      }
      long reported = replica.reportedNanos();
      oldest = cores == 0 || reported - oldest < 0 ? reported : oldest;
      used += load.coresUsed();
      cores += load.cores();
      backlog = backlog.plus(replica.calmBacklog());
    }
    return new Capacity(used, cores, backlog, oldest);
  }
}
