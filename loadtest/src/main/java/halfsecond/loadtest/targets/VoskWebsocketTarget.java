// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import halfsecond.common.concurrent.NamedThreads;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Any server that speaks vosk-server's WebSocket protocol: one connection, and so one recognizer of
 * the server's, for each query. The client finds the end of speech and says {@code eof}. One thread
 * serves all connections and calls the listeners.
 */
final class VoskWebsocketTarget implements Target {
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final int CONNECT_MILLIS = 10_000;

  private final String name;
  private final String what;
  private final URI server;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, NamedThreads.factory("load-websocket"), NioIoHandler.newFactory());
  private final LongAdder sentUnready = new LongAdder();

  /**
   * Connects with the first query.
   *
   * @param what what the server is, for the report
   * @param address {@code ws://host:port}, with a path if the server wants one
   * @throws IllegalArgumentException if the address is something else
   */
  VoskWebsocketTarget(String name, String what, String address) {
    this.name = name;
    this.what = what;
    this.server = parse(address);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("what", what);
    facts.put("protocol", "vosk-server's WebSocket, a connection for each query");
    facts.put("server", server.toString());
    facts.put("endpointing", "client, by eof");
    facts.put("interim results", "on");
    if (sentUnready.sum() > 0) {
      facts.put("messages sent while the connection was full", Long.toString(sentUnready.sum()));
    }
    return facts;
  }

  @Override
  public boolean serverFindsEnd() {
    return false;
  }

  @Override
  public QueryStream open(QueryListener listener) {
    WebsocketQuery query = new WebsocketQuery(listener, sentUnready);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(new Handlers(query))
            .connect(server.getHost(), server.getPort());
    Channel channel = connecting.channel();
    query.on(channel);
    connecting.addListener(
        connected -> {
          if (!connected.isSuccess()) {
            query.notConnected();
          }
        });
    return query;
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  private static URI parse(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw notAnAddress(address);
    }
    if (!"ws".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
      throw notAnAddress(address);
    }
    return uri;
  }

  private static IllegalArgumentException notAnAddress(String address) {
    return new IllegalArgumentException("\"" + address + "\" is not ws://host:port");
  }

  private final class Handlers extends ChannelInitializer<SocketChannel> {
    private final WebsocketQuery query;

    Handlers(WebsocketQuery query) {
      this.query = query;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_MESSAGE));
      pipeline.addLast(
          new WebSocketClientProtocolHandler(
              WebSocketClientProtocolConfig.newBuilder()
                  .webSocketUri(server)
                  .handleCloseFrames(false)
                  .build()));
      pipeline.addLast(new WebSocketFrameAggregator(LARGEST_MESSAGE), query);
    }
  }
}
