// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import halfsecond.monitor.web.PageFiles.PageFile;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a browser: requests one after the other. All on the connection's thread. */
final class WebHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(WebHandler.class);
  private static final String SETTINGS = "/settings.json";
  private static final String JSON = "application/json";

  private final Api api;
  private final PageFiles files;
  private final RequestGuard guard;
  private final String scheme;
  private final String settings;

  private @Nullable CallExchange open;

  WebHandler(Api api, PageFiles files, RequestGuard guard, String scheme, String settings) {
    this.api = api;
    this.files = files;
    this.guard = guard;
    this.scheme = scheme;
    this.settings = settings;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (open != null) {
      // No browser sends a request before the answer to the one before.
      closed(context);
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    if (!request.decoderResult().isSuccess() || !request.uri().startsWith("/")) {
      answer(context, Responses.text(HttpResponseStatus.BAD_REQUEST, "not a request"), false);
      return;
    }
    Optional<String> refusal = guard.refusal(request.headers());
    if (refusal.isPresent()) {
      HttpResponseStatus status = HttpResponseStatus.MISDIRECTED_REQUEST;
      answer(context, Responses.text(status, refusal.get()), false);
    } else if (request.method().equals(HttpMethod.GET)
        || request.method().equals(HttpMethod.HEAD)) {
      file(context, request, keepAlive);
    } else if (request.method().equals(HttpMethod.POST)) {
      call(context, request, keepAlive);
    } else {
      FullHttpResponse response =
          Responses.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "GET, HEAD or POST");
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD, POST");
      answer(context, response, keepAlive);
    }
  }

  private void file(ChannelHandlerContext context, FullHttpRequest request, boolean keepAlive) {
    String path = path(request);
    FullHttpResponse response;
    Optional<PageFile> file = files.at(path);
    if (file.isPresent()) {
      String known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH);
      boolean same = file.get().tag().equals(known);
      response = same ? Responses.unchanged(file.get()) : Responses.file(file.get());
    } else if (path.equals(SETTINGS)) {
      response = Responses.whole(HttpResponseStatus.OK, JSON, settings);
    } else {
      response = Responses.text(HttpResponseStatus.NOT_FOUND, "there is no such file");
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.content().clear();
    }
    answer(context, response, keepAlive);
  }

  private void call(ChannelHandlerContext context, FullHttpRequest request, boolean keepAlive) {
    Optional<String> refusal = guard.callRefusal(request.headers(), scheme);
    if (refusal.isPresent()) {
      answer(context, Responses.text(HttpResponseStatus.FORBIDDEN, refusal.get()), keepAlive);
      return;
    }
    Optional<Api.Method> method = api.method(path(request).substring(1));
    if (method.isEmpty()) {
      answer(
          context,
          Responses.text(HttpResponseStatus.NOT_FOUND, "there is no such method for the page"),
          keepAlive);
      return;
    }
    CallExchange exchange =
        new CallExchange(context, method.get().streams(), written -> finished(written, keepAlive));
    open = exchange;
    String json = request.content().toString(StandardCharsets.UTF_8);
    exchange.cancelWith(method.get().call(json, exchange));
  }

  private void finished(ChannelFuture written, boolean keepAlive) {
    open = null;
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void answer(
      ChannelHandlerContext context, FullHttpResponse response, boolean keepAlive) {
    HttpUtil.setKeepAlive(response, keepAlive);
    ChannelFuture written = context.writeAndFlush(response);
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void closed(ChannelHandlerContext context) {
    ChannelFuture unused = context.close();
  }

  private static String path(FullHttpRequest request) {
    int query = request.uri().indexOf('?');
    return query < 0 ? request.uri() : request.uri().substring(0, query);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (open != null) {
      open.abandon();
      open = null;
    }
    super.channelInactive(context);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof IdleStateEvent && open == null) {
      closed(context);
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atDebug().setCause(cause).log("connection of a browser failed");
    closed(context);
  }
}
