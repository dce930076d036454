// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.rpc.ChannelConfig;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one link to each replica that is listed or that a listed name resolves to: opens the link
 * when the replica appears, retires it when it vanishes. A name without an answer keeps the
 * addresses that it had. Names are resolved on a thread of their own, which there is only when
 * there are names.
 *
 * @param <T> a link
 */
final class Membership<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final int MAX_ADDRESSES = 256;

  private final PoolConfig config;
  private final NameResolver resolver;
  private final Scheduler scheduler;
  private final Function<ChannelConfig, T> open;
  private final Consumer<T> retire;
  private final Object lock = new Object();

  /** This and the next are of the starting thread, and then of the resolving one alone. */
  private final Map<ChannelConfig, Set<ChannelConfig>> resolved = new HashMap<>();

  private final Map<ChannelConfig, T> links = new HashMap<>();

  @GuardedBy("lock")
  private boolean closed;

  private final @Nullable ExecutorService thread;

  /**
   * @param open opens and starts a link
   * @param retire gives a link's replica no more streams
   */
  Membership(
      PoolConfig config,
      NameResolver resolver,
      Scheduler scheduler,
      Function<ChannelConfig, T> open,
      Consumer<T> retire) {
    this.config = config;
    this.resolver = resolver;
    this.scheduler = scheduler;
    this.open = open;
    this.retire = retire;
    this.thread = config.targets().names().isEmpty() ? null : NamedThreads.fixed("router-names", 1);
  }

  /** To be called once. */
  void start() {
    update(Set.copyOf(config.targets().servers()));
    if (thread != null) {
      thread.execute(this::resolve);
    }
  }

  private void resolve() {
    Set<ChannelConfig> wanted = new HashSet<>(config.targets().servers());
    for (ChannelConfig name : config.targets().names()) {
      try {
        resolved.put(name, addresses(name));
      } catch (UnknownHostException e) {
        LOG.atWarn().addKeyValue("name", name.target()).log("a backend's name has no address");
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).addKeyValue("name", name.target()).log("name not resolved");
      }
      wanted.addAll(resolved.getOrDefault(name, Set.of()));
    }
    update(wanted);
    synchronized (lock) {
      if (!closed) {
        Scheduler.Timer unused = scheduler.after(config.resolveInterval(), this::resolveOnThread);
      }
    }
  }

  private void resolveOnThread() {
    synchronized (lock) {
      if (!closed && thread != null) {
        thread.execute(this::resolve);
      }
    }
  }

  private Set<ChannelConfig> addresses(ChannelConfig name) throws UnknownHostException {
    Set<ChannelConfig> found = new HashSet<>();
    for (String address : resolver.addresses(name.host())) {
      try {
        if (found.size() < MAX_ADDRESSES) {
          found.add(name.at(address));
        }
      } catch (IllegalArgumentException e) {
        LOG.atError()
            .addKeyValue("name", name.target())
            .log("a backend's name has an address that may only be called over TLS");
      }
    }
    return found;
  }

  private void update(Set<ChannelConfig> wanted) {
    List<T> gone = new ArrayList<>();
    links.entrySet().removeIf(link -> !wanted.contains(link.getKey()) && gone.add(link.getValue()));
    // The new ones first: at no time is there nobody.
    wanted.forEach(target -> links.computeIfAbsent(target, open));
    gone.forEach(retire);
  }

  /** Nothing is opened or retired any more. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
