// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;

/** What a server grants a connection, by who is on the other side. */
public enum Preset {
  /**
   * Strangers: few calls each, small windows, quick to let go of what is idle or gone. The limits
   * of the API (64 KiB streamed, 2 MiB unary) are the router's own checks, which can say what is
   * wrong; the library can only reset a stream that has answered already. Its limit, 12 MiB, is the
   * most that one call can make the server hold. A client resets the stream of each session that is
   * refused at its opening, so a gateway that carries many of them over one connection resets often
   * while recognition is saturated.
   */
  EDGE {
    @Override
    void apply(NettyServerBuilder builder) {
      builder
          .maxConcurrentCallsPerConnection(16)
          .maxRstFramesPerWindow(1000, 30)
          .maxInboundMessageSize(12 * MIB)
          .flowControlWindow(256 * KIB)
          .keepAliveTime(20, TimeUnit.SECONDS)
          .keepAliveTimeout(10, TimeUnit.SECONDS)
          .permitKeepAliveTime(15, TimeUnit.SECONDS)
          .permitKeepAliveWithoutCalls(false)
          .maxConnectionIdle(60, TimeUnit.SECONDS)
          .maxConnectionAge(10, TimeUnit.MINUTES)
          .maxConnectionAgeGrace(LONGEST_CALL_MINUTES, TimeUnit.MINUTES);
    }
  },

  /**
   * Our own services: one connection carries the calls and the cancellations of everyone, so a
   * tight limit would let one user cut off all others. A call over the limit waits in the caller
   * without a word, so it lies far above the services' own limits, which say what is wrong.
   * Connections do not age: a session's stream to the detector lives as long as the session.
   */
  INNER {
    @Override
    void apply(NettyServerBuilder builder) {
      builder
          .maxConcurrentCallsPerConnection(4096)
          .maxRstFramesPerWindow(5000, 30)
          .maxInboundMessageSize(256 * KIB + SLACK)
          .flowControlWindow(MIB)
          .keepAliveTime(10, TimeUnit.SECONDS)
          .keepAliveTimeout(3, TimeUnit.SECONDS)
          .permitKeepAliveTime(5, TimeUnit.SECONDS)
          .permitKeepAliveWithoutCalls(true);
    }
  };

  /**
   * A connection that has reached its age takes no new calls, but those on it live out their lives:
   * a BATCH session may last an hour.
   */
  private static final int LONGEST_CALL_MINUTES = 70;

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** For the fields around the audio. */
  private static final int SLACK = 16 * KIB;

  abstract void apply(NettyServerBuilder builder);
}
