// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Responses with the headers that all of them carry. */
final class Responses {
  /** Nothing from elsewhere, no inline script or style, never inside of another page. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String NO_STORE = "no-store";

  private Responses() {}

  /** A sentence for whoever sent something wrong. */
  static FullHttpResponse text(HttpResponseStatus status, String text) {
    return whole(status, TEXT, text);
  }

  /** A whole body that nobody may keep. */
  static FullHttpResponse whole(HttpResponseStatus status, String type, String body) {
    return sized(status, type, NO_STORE, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
  }

  /** A file that may be kept as long as it is asked for again each time. */
  static FullHttpResponse file(PageFiles.PageFile file) {
    FullHttpResponse response =
        sized(
            HttpResponseStatus.OK,
            file.type(),
            HttpHeaderValues.NO_CACHE.toString(),
            Unpooled.wrappedBuffer(file.content()));
    response.headers().set(HttpHeaderNames.ETAG, file.tag());
    return response;
  }

  /** The browser has this file already. */
  static FullHttpResponse unchanged(PageFiles.PageFile file) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER);
    common(response.headers(), HttpHeaderValues.NO_CACHE.toString());
    response.headers().set(HttpHeaderNames.ETAG, file.tag());
    return response;
  }

  /** The beginning of a body of unknown length. */
  static HttpResponse begun(String type) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    common(response.headers(), NO_STORE);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    return response;
  }

  private static FullHttpResponse sized(
      HttpResponseStatus status, String type, String caching, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    common(response.headers(), caching);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    return response;
  }

  private static void common(HttpHeaders headers, String caching) {
    headers
        .set(HttpHeaderNames.CACHE_CONTROL, caching)
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
        .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
        .set("x-content-type-options", "nosniff")
        .set("referrer-policy", "no-referrer")
        .set("cross-origin-opener-policy", "same-origin")
        .set("cross-origin-resource-policy", "same-origin");
  }
}
