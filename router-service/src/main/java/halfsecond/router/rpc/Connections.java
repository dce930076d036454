// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The connections to one replica. Callbacks of their calls come on the transport's threads. Safe
 * for use by any thread.
 */
final class Connections {
  private final List<ManagedChannel> channels;
  private final AtomicInteger turn = new AtomicInteger();

  Connections(ChannelConfig target, int count, Telemetry telemetry) {
    channels =
        IntStream.range(0, count)
            .mapToObj(unused -> GrpcChannels.openDirect(target, telemetry))
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

  /** For the next stream: in turn, connected ones first. */
  ManagedChannel next() {
    int start = turn.getAndIncrement() & Integer.MAX_VALUE;
    for (int i = 0; i < channels.size(); i++) {
      ManagedChannel channel = channels.get((start + i) % channels.size());
      // One that has lost its connection is made to look for another.
      if (channel.getState(true) == ConnectivityState.READY) {
        return channel;
      }
    }
    return channels.get(start % channels.size());
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
