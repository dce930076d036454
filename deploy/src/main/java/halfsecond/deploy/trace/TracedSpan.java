// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;

/**
 * An ended span and who made it.
 *
 * @param service the resource's {@code service.name}
 * @param span in the form of the OpenTelemetry protocol
 */
public record TracedSpan(String service, Span span) {

  /** 32 hexadecimal digits. */
  public String traceId() {
    return hex(span.getTraceId());
  }

  /** What it is of. */
  public String name() {
    return span.getName();
  }

  /** By the wall clock of the process that made it. */
  public long startNanos() {
    return span.getStartTimeUnixNano();
  }

  /** By the same clock. */
  public long endNanos() {
    return span.getEndTimeUnixNano();
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
