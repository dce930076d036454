// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.common.concurrent.SerialExecutor;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One client. The transport's thread reads messages; a decode thread takes one of them at a time
 * and then goes to the connection that has waited longest.
 */
final class PeerConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCK_BYTES = 2 * Recognizer.MAX_BLOCK_SAMPLES;

  private final SpeechModel model;
  private final Executor pool;
  private @Nullable SerialExecutor sequence;

  // Of the sequence.
  private @Nullable Recognizer recognizer;
  private boolean over;

  PeerConnection(SpeechModel model, Executor pool) {
    this.model = model;
    this.pool = pool;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    sequence = new SerialExecutor(pool, 1, failure -> abandon(ctx.channel()));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    Channel client = ctx.channel();
    if (frame instanceof BinaryWebSocketFrame audio) {
      byte[] samples = ByteBufUtil.getBytes(audio.content());
      next(() -> decode(client, samples));
    } else if (frame instanceof TextWebSocketFrame message) {
      read(client, message.text());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    next(this::release);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ChannelFuture unused = ctx.close();
  }

  private void read(Channel client, String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json.has("eof")) {
        next(() -> finish(client));
      } else if (json.path("config").path("sample_rate").asInt(Recognizer.SAMPLE_RATE)
          != Recognizer.SAMPLE_RATE) {
        hangUp(client, WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
      }
    } catch (JsonProcessingException e) {
      hangUp(client, WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
    }
  }

  private void decode(Channel client, byte[] samples) {
    if (over) {
      return;
    }
    Recognizer now = recognizer();
    for (int from = 0; from < samples.length; from += BLOCK_BYTES) {
      byte[] block =
          Arrays.copyOfRange(samples, from, Math.min(from + BLOCK_BYTES, samples.length));
      now.accept(block, block.length & ~1);
    }
    reply(client, "partial", now.partial());
  }

  private void finish(Channel client) {
    if (over) {
      return;
    }
    String text = recognizer().finish().best().transcript();
    release();
    reply(client, "text", text);
    hangUp(client, WebSocketCloseStatus.NORMAL_CLOSURE);
  }

  private Recognizer recognizer() {
    Recognizer made = recognizer;
    if (made == null) {
      made = model.recognizer();
      made.begin(1);
      recognizer = made;
    }
    return made;
  }

  private void release() {
    over = true;
    Recognizer made = recognizer;
    recognizer = null;
    if (made != null) {
      made.close();
    }
  }

  private void abandon(Channel client) {
    release();
    hangUp(client, WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
  }

  private void next(Runnable step) {
    SerialExecutor steps = sequence;
    if (steps != null) {
      steps.execute(step);
    }
  }

  private static void reply(Channel client, String field, String text) {
    client
        .writeAndFlush(new TextWebSocketFrame(JSON.createObjectNode().put(field, text).toString()))
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private static void hangUp(Channel client, WebSocketCloseStatus status) {
    client.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
  }
}
