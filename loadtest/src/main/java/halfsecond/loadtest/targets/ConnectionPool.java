// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.config.Loopback;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections to one server of this machine, used in turn. A server at the edge takes 16 calls on a
 * connection and makes others wait, which would be measured as its latency; so a connection gets at
 * most 15, and a new one is opened when all have that many. One thread serves all of them and runs
 * the callbacks of their calls. Safe for use by any thread.
 */
final class ConnectionPool implements AutoCloseable {
  static final int CALLS_PER_CONNECTION = 15;

  private final HostPort server;
  private final EventLoopGroup loop;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<Connection> connections = new ArrayList<>();

  @GuardedBy("lock")
  private int next;

  @GuardedBy("lock")
  private boolean closed;

  ConnectionPool(HostPort server, int connections) {
    if (!Loopback.is(server.host())) {
      throw new IllegalArgumentException(
          server + " is not on this machine, and plain text does not leave it");
    }
    this.server = server;
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1, NamedThreads.factory("load-transport"), NioIoHandler.newFactory());
    synchronized (lock) {
      for (int i = 0; i < connections; i++) {
        add();
      }
    }
  }

  /** The next connection that has room. {@link Connection#release} it when the call is over. */
  Connection acquire() {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the target is closed");
      }
      for (int i = 0; i < connections.size(); i++) {
        Connection candidate = connections.get((next + i) % connections.size());
        if (candidate.calls < CALLS_PER_CONNECTION) {
          next = (next + i + 1) % connections.size();
          candidate.calls++;
          return candidate;
        }
      }
      Connection added = add();
      added.calls++;
      return added;
    }
  }

  int size() {
    synchronized (lock) {
      return connections.size();
    }
  }

  /** Cancels what is open, waits for it at most two seconds, and stops the thread. */
  @Override
  public void close() {
    List<Connection> open;
    synchronized (lock) {
      closed = true;
      open = List.copyOf(connections);
    }
    open.forEach(connection -> connection.channel.shutdownNow());
    try {
      for (Connection connection : open) {
        connection.channel.awaitTermination(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  @GuardedBy("lock")
  private Connection add() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(server.host(), server.port()),
                InsecureChannelCredentials.create())
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .disableRetry()
            .build();
    // Connects now, so that the first query does not pay for it.
    channel.getState(true);
    Connection connection = new Connection(channel);
    connections.add(connection);
    return connection;
  }

  /** One of the connections. */
  final class Connection {
    private final ManagedChannel channel;

    // Guarded by the pool's lock.
    private int calls;

    private Connection(ManagedChannel channel) {
      this.channel = channel;
    }

    ManagedChannel channel() {
      return channel;
    }

    void release() {
      synchronized (lock) {
        calls--;
      }
    }
  }
}
