// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.TlsFiles;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page and the methods that it calls, over HTTP/1.1 on a port of its own. Closing it
 * ends all connections and cancels the calls on them. Safe for use by any thread.
 */
public final class WebServer implements AutoCloseable {
  private static final int LONGEST_REQUEST = 64 * 1024;

  /** A browser opens six; this is many people. */
  private static final int MOST_CONNECTIONS = 256;

  private static final int IDLE_SECONDS = 75;
  private static final int STOP_SECONDS = 5;

  private final EventLoopGroup loop;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listening;

  private WebServer(EventLoopGroup loop, DashboardConfig config, Api api, String settings)
      throws InterruptedException {
    this.loop = loop;
    SslContext tls = config.tls() == null ? null : tls(config.tls());
    PageFiles files = new PageFiles();
    RequestGuard guard = new RequestGuard(config.host(), config.names());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    begin(channel, tls, api, files, guard, settings);
                  }
                })
            .bind(new InetSocketAddress(config.host(), config.port()))
            .await();
    if (!bound.isSuccess()) {
      throw new StartException(
          "the dashboard cannot listen on "
              + config.host()
              + ":"
              + config.port()
              + ": the port is in use or the address is not this machine's; stop what uses it or set"
              + " halfsecond.monitor.dashboard.port (0 lets the system choose)",
          bound.cause());
    }
    this.listening = bound.channel();
  }

  /**
   * Opens the port.
   *
   * @param settings what the page is told about the configuration, as JSON
   * @throws StartException if the port cannot be opened or the TLS files cannot be read
   */
  public static WebServer start(DashboardConfig config, Api api, String settings) {
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, NamedThreads.factory("monitor-page"), NioIoHandler.newFactory());
    try {
      return new WebServer(loop, config, api, settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop(loop);
      throw new StartException("interrupted while the dashboard started", e);
    } catch (RuntimeException e) {
      stop(loop);
      throw e;
    }
  }

  private void begin(
      SocketChannel channel,
      @Nullable SslContext tls,
      Api api,
      PageFiles files,
      RequestGuard guard,
      String settings) {
    if (connections.size() >= MOST_CONNECTIONS) {
      ChannelFuture unused = channel.close();
      return;
    }
    connections.add(channel);
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS, TimeUnit.SECONDS))
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(LONGEST_REQUEST))
        .addLast(new WebHandler(api, files, guard, tls == null ? "http" : "https", settings));
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    stop(loop);
  }

  private static void stop(EventLoopGroup loop) {
    loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static SslContext tls(TlsFiles files) {
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.privateKey().toFile())
          .trustManager(files.peerAuthority().toFile())
          .clientAuth(ClientAuth.REQUIRE)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new StartException(
          "TLS files of the dashboard cannot be read: check "
              + files.certificate()
              + ", "
              + files.privateKey()
              + " and "
              + files.peerAuthority(),
          e);
    }
  }
}
