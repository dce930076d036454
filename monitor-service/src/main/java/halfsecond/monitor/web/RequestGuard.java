// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import halfsecond.common.config.Loopback;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells requests of the page from requests that other pages make in the same browser.
 *
 * <p>A page from elsewhere may give its own name the address of this server (DNS rebinding) and is
 * then, to the browser, at home here. So the name that was called must be one that is known: any
 * name of the loopback, the configured host, and the configured names. A server on other interfaces
 * without configured names takes any name, because nobody could list them for it.
 *
 * <p>Requests that do something carry JSON and come from the page itself: other pages cannot send
 * either without being asked first, which is refused.
 */
final class RequestGuard {
  private static final String JSON = "application/json";
  private static final String FETCH_SITE = "sec-fetch-site";

  private final Set<String> names = new HashSet<>();
  private final boolean anyName;

  /**
   * @param host that the server listens on
   * @param known further names
   */
  RequestGuard(String host, List<String> known) {
    names.addAll(List.of("localhost", "127.0.0.1", "[::1]", host.toLowerCase(Locale.ROOT)));
    known.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    anyName = known.isEmpty() && !Loopback.is(host);
  }

  /** Why a request is refused, for its sender; empty for a welcome one. */
  Optional<String> refusal(HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1) {
      return Optional.of("exactly one Host header is needed");
    }
    if (!anyName && !names.contains(name(hosts.get(0)))) {
      return Optional.of(
          "this name is not one of the dashboard's: add it to halfsecond.monitor.dashboard.names");
    }
    return Optional.empty();
  }

  /** The same for requests that call a method. */
  Optional<String> callRefusal(HttpHeaders headers, String scheme) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    if (!type.toLowerCase(Locale.ROOT).startsWith(JSON)) {
      return Optional.of("the content type must be " + JSON);
    }
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    String own = scheme + "://" + headers.get(HttpHeaderNames.HOST);
    if (origin != null && !origin.equalsIgnoreCase(own)) {
      return Optional.of("calls from other origins are not served");
    }
    String site = headers.get(FETCH_SITE);
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Optional.of("calls from other sites are not served");
    }
    return Optional.empty();
  }

  /** Without the port: a tunnel may well change it. */
  private static String name(String host) {
    int bracket = host.indexOf(']');
    int colon = host.indexOf(':', Math.max(0, bracket));
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
  }
}
