// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.NamedThreads;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transport's threads of one service, for a service that passes messages on: each thread serves
 * some clients' connections, has connections of its own to the backends, and runs what belongs to
 * its sessions. A message then goes from a client to a backend without waking another thread, which
 * costs more than everything else that is done for it. Nothing that runs on these threads may
 * block.
 *
 * <p>Safe for use by any thread. To be closed after the servers and channels that use it.
 */
public final class EventLoops implements AutoCloseable {
  private static final long CLOSE_LIMIT_SECONDS = 5;

  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * Starts no thread before it is needed.
   *
   * @param name what the threads' names begin with
   * @param threads at least 1; more than the machine's cores make no sense
   */
  public EventLoops(String name, int threads) {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(threads, NamedThreads.factory(name), io);
    group.forEach(loop -> loops.add((EventLoop) loop));
  }

  /** How many threads there are. */
  public int count() {
    return loops.size();
  }

  /** The number of the thread that calls, from 0; the next one in turn if it is none of these. */
  public int here() {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).inEventLoop()) {
        return i;
      }
    }
    return (turn.getAndIncrement() & Integer.MAX_VALUE) % loops.size();
  }

  /** Runs tasks on one of the threads, in the order given, never before it returns. */
  public Executor thread(int number) {
    return loops.get(number);
  }

  void serve(NettyServerBuilder builder) {
    builder
        .bossEventLoopGroup(group)
        .workerEventLoopGroup(group)
        .channelType(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  void connect(NettyChannelBuilder builder, int number) {
    builder
        .eventLoopGroup(loops.get(number))
        .channelType(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  /** Runs what is queued and ends the threads. Not to be called on one of them. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
