// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of one call. A method with one response gets it as the body; one that streams
 * gets a line for each, {@code {"result": ...}}, and {@code {"error": ...}} as the last one if it
 * fails after its first. Told from any thread; everything is done on the connection's.
 */
final class CallExchange implements Api.Answer {
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  private final ChannelHandlerContext context;
  private final boolean streams;
  private final Consumer<ChannelFuture> whenWritten;

  // The connection's thread only.
  private boolean begun;
  private @Nullable String single;
  private boolean ended;
  private @Nullable Runnable cancel;

  /**
   * @param streams whether lines are written
   * @param whenWritten gets the write of the end of the response, on the connection's thread
   */
  CallExchange(
      ChannelHandlerContext context, boolean streams, Consumer<ChannelFuture> whenWritten) {
    this.context = context;
    this.streams = streams;
    this.whenWritten = whenWritten;
  }

  /** On the connection's thread. */
  void cancelWith(Runnable canceller) {
    cancel = canceller;
  }

  /** The client is gone; on the connection's thread. */
  void abandon() {
    ended = true;
    if (cancel != null) {
      cancel.run();
    }
  }

  @Override
  public void message(String json, Runnable taken) {
    onConnection(
        () -> {
          if (!streams) {
            single = json;
            taken.run();
            return;
          }
          if (!begun) {
            begun = true;
            write(Responses.begun(LINES));
          }
          // What a client does not read must not pile up: the next one is asked for once this one
          // has left.
          context
              .writeAndFlush(line("{\"result\":" + json + "}\n"))
              .addListener(
                  written -> {
                    if (written.isSuccess()) {
                      taken.run();
                    }
                  });
        });
  }

  @Override
  public void end() {
    onConnection(
        () -> {
          if (streams) {
            endLines();
          } else {
            whole(HttpResponseStatus.OK, single == null ? "{}" : single);
          }
        });
  }

  @Override
  public void fail(int status, String json) {
    onConnection(
        () -> {
          if (begun) {
            write(line("{\"error\":" + json + "}\n"));
            endLines();
          } else {
            whole(HttpResponseStatus.valueOf(status), json);
          }
        });
  }

  private void endLines() {
    ended = true;
    if (!begun) {
      write(Responses.begun(LINES));
    }
    whenWritten.accept(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  private void whole(HttpResponseStatus status, String json) {
    ended = true;
    FullHttpResponse response = Responses.whole(status, JSON, json);
    whenWritten.accept(context.writeAndFlush(response));
  }

  /** Whether it succeeded is told with the flush that follows. */
  private void write(Object part) {
    ChannelFuture unused = context.write(part);
  }

  private static DefaultHttpContent line(String text) {
    return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private void onConnection(Runnable task) {
    try {
      context
          .executor()
          .execute(
              () -> {
                if (!ended) {
                  task.run();
                }
              });
    } catch (RejectedExecutionException e) {
      // The server stops: there is no connection left to write to.
      return;
    }
  }
}
