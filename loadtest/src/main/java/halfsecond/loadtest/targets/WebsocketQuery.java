// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One query as one WebSocket connection to a server that speaks vosk-server's protocol: a message
 * of settings, messages of audio, each answered with {@code partial} or {@code text}, then {@code
 * eof}, answered with the last {@code text}. Replies are not waited for: a microphone does not wait
 * either. The connection's thread calls the listener and owns the state.
 */
final class WebsocketQuery extends SimpleChannelInboundHandler<WebSocketFrame>
    implements QueryStream {
  /** vosk-server compares the whole message: another spacing would be taken for audio. */
  static final String EOF = "{\"eof\" : 1}";

  private static final String CONFIG = "{\"config\" : {\"sample_rate\" : 16000}}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final QueryListener listener;
  private final LongAdder sentUnready;
  private final Queue<WebSocketFrame> waiting = new ArrayDeque<>();
  private final List<String> texts = new ArrayList<>();
  private @Nullable ChannelHandlerContext context;
  private volatile @Nullable Channel channel;
  private String heard = "";
  private long sent;
  private long replies;
  private int unready;
  private boolean ready;
  private boolean finished;
  private volatile boolean over;

  WebsocketQuery(QueryListener listener, LongAdder sentUnready) {
    this.listener = listener;
    this.sentUnready = sentUnready;
  }

  /** The connection is being made; called once, before anything is sent. */
  void on(Channel connecting) {
    channel = connecting;
    run(() -> send(new TextWebSocketFrame(CONFIG), false));
  }

  /** The connection was not made. */
  void notConnected() {
    end(() -> listener.failed("CONNECT_FAILED"));
  }

  @Override
  public void audio(ByteString samples) {
    if (!over) {
      run(
          () ->
              send(
                  new BinaryWebSocketFrame(Unpooled.wrappedBuffer(samples.asReadOnlyByteBuffer())),
                  true));
    }
  }

  @Override
  public void finish() {
    if (!over) {
      run(
          () -> {
            send(new TextWebSocketFrame(EOF), true);
            finished = true;
          });
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      run(this::close);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      context = ctx;
      ready = true;
      waiting.forEach(frame -> transmit(ctx, frame));
      waiting.clear();
    } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
      end(() -> listener.failed("HANDSHAKE_TIMEOUT"));
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (over) {
      return;
    }
    if (frame instanceof TextWebSocketFrame reply) {
      replies++;
      read(reply.text());
    } else if (frame instanceof CloseWebSocketFrame close) {
      closed("CLOSE_" + close.statusCode());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed("CONNECTION_LOST");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end(() -> listener.failed(ready ? "CONNECTION_LOST" : "HANDSHAKE_FAILED"));
  }

  private void read(String reply) {
    JsonNode json;
    try {
      json = JSON.readTree(reply);
    } catch (JsonProcessingException e) {
      end(() -> listener.failed("NOT_JSON"));
      return;
    }
    if (json.has("text")) {
      String text = json.path("text").asText().strip();
      if (!text.isEmpty()) {
        texts.add(text);
      }
      heard = "";
      if (finished && replies >= sent) {
        answer();
      }
    } else if (json.has("partial")) {
      String partial = json.path("partial").asText();
      if (!partial.equals(heard)) {
        heard = partial;
        listener.partial(partial);
      }
    }
  }

  /** A server that answers otherwise than once a message has said all when it hangs up. */
  private void closed(String code) {
    if (finished && !texts.isEmpty() && !over) {
      answer();
    } else {
      end(() -> listener.failed(code));
    }
  }

  private void answer() {
    FinalAnswer answer = new FinalAnswer(String.join(" ", texts), "", 0, List.of());
    end(
        () -> {
          listener.answered(answer);
          listener.closed();
        });
  }

  private void end(Runnable telling) {
    if (!over) {
      over = true;
      telling.run();
      close();
    }
  }

  private void close() {
    waiting.forEach(WebSocketFrame::release);
    waiting.clear();
    Channel now = channel;
    if (now != null) {
      ChannelFuture unused = now.close();
    }
  }

  private void send(WebSocketFrame frame, boolean answered) {
    if (over || finished) {
      frame.release();
      return;
    }
    if (answered) {
      sent++;
    }
    ChannelHandlerContext to = context;
    if (!ready || to == null) {
      waiting.add(frame);
      return;
    }
    transmit(to, frame);
    unready = to.channel().isWritable() ? 0 : unready + 1;
    if (unready > 0) {
      sentUnready.increment();
    }
    if (unready > GrpcQuery.MOST_UNREADY) {
      end(() -> listener.failed("SERVER_DOES_NOT_READ"));
    }
  }

  /** A write that fails means that the connection is gone, which is told when it closes. */
  private static void transmit(ChannelHandlerContext to, WebSocketFrame frame) {
    to.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private void run(Runnable task) {
    Channel now = channel;
    if (now != null) {
      now.eventLoop().execute(task);
    }
  }
}
