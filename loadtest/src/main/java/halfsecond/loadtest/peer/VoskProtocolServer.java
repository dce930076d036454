// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.peer;

import halfsecond.asr.recognition.SpeechModel;
import halfsecond.common.concurrent.NamedThreads;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for vosk-server: the same WebSocket protocol and the same calls of the engine, in
 * Java. A fresh recognizer for each connection, as many decode threads as processors, messages
 * decoded in the order of arrival, and a reply with the text so far to each of them. It differs in
 * that it never ends an utterance by itself, and in that clients cannot choose the model. Listens
 * on the loopback interface only.
 */
public final class VoskProtocolServer implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final SpeechModel model;
  private final ExecutorService decoding =
      NamedThreads.fixed("peer-decode", Runtime.getRuntime().availableProcessors());
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, NamedThreads.factory("peer-transport"), NioIoHandler.newFactory());
  private final Channel channel;

  private VoskProtocolServer(SpeechModel model, int port) {
    this.model = model;
    this.channel =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Handlers())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Serves a model, which it owns from now on.
   *
   * @param port 0 lets the system choose
   */
  public static VoskProtocolServer start(SpeechModel model, int port) {
    return new VoskProtocolServer(model, port);
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Hangs up and waits for what is being decoded. */
  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    decoding.shutdown();
    try {
      decoding.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    model.close();
  }

  private final class Handlers extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel accepted) {
      accepted
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpObjectAggregator(LARGEST_MESSAGE),
              new WebSocketServerProtocolHandler(
                  WebSocketServerProtocolConfig.newBuilder()
                      .websocketPath("/")
                      .checkStartsWith(true)
                      .maxFramePayloadLength(LARGEST_MESSAGE)
                      .build()),
              new WebSocketFrameAggregator(LARGEST_MESSAGE),
              new PeerConnection(model, decoding));
    }
  }
}
