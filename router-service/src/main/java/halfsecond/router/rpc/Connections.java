// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.EventLoops;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The connections to one replica, one of each of the transport's threads; callbacks of a
 * connection's calls come on its thread. Safe for use by any thread.
 */
final class Connections {
  private final List<ManagedChannel> channels;
  private final EventLoops loops;

  Connections(ChannelConfig target, EventLoops loops, Telemetry telemetry) {
    this.loops = loops;
    channels =
        IntStream.range(0, loops.count())
            .mapToObj(thread -> GrpcChannels.openOn(loops, thread, target, telemetry))
            .toList();
  }

  /** The one that watches use. */
  Channel first() {
    return channels.get(0);
  }

  /** Whether a channel from here has its connection. */
  static boolean connected(ManagedChannel channel) {
    return channel.getState(false) == ConnectivityState.READY;
  }

  /** For the next stream: that of the thread that asks, or one that is connected. */
  ManagedChannel next() {
    int start = loops.here();
    for (int i = 0; i < channels.size(); i++) {
      ManagedChannel channel = channels.get((start + i) % channels.size());
      // One that has lost its connection is made to look for another.
      if (channel.getState(true) == ConnectivityState.READY) {
        return channel;
      }
    }
    return channels.get(start);
  }

  /** Tries now what is not connected, however long ago it was tried last. */
  void reconnect() {
    channels.forEach(
        channel -> {
          channel.resetConnectBackoff();
          ConnectivityState unused = channel.getState(true);
        });
  }

  /** No new calls; open ones go on. */
  void retire() {
    channels.forEach(ManagedChannel::shutdown);
  }

  boolean terminated() {
    return channels.stream().allMatch(ManagedChannel::isTerminated);
  }

  /** Cuts off what is open after the grace. */
  void close(Duration grace) throws Exception {
    retire();
    for (ManagedChannel channel : channels) {
      GrpcChannels.closing(channel, grace).close();
    }
  }
}
