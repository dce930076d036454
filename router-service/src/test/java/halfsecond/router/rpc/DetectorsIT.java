// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import static halfsecond.router.rpc.TestBackends.soon;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.ChannelTargets;
import halfsecond.router.backend.ReplicaServer;
import halfsecond.router.backend.ScriptedVad;
import halfsecond.router.session.BackendFailure;
import halfsecond.router.session.DetectionRequest;
import halfsecond.router.session.EndpointingOptions;
import halfsecond.router.session.SpeechEnded;
import halfsecond.router.session.SpeechStarted;
import halfsecond.router.session.VadListener;
import halfsecond.router.session.VadPort;
import halfsecond.router.session.VadProgress;
import halfsecond.router.session.VadStream;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several detectors, over real connections. */
final class DetectorsIT {
  private final Closer closer = new Closer();
  private final ScriptedVad first = new ScriptedVad();
  private final ScriptedVad second = new ScriptedVad();
  private final ReplicaServer one = closer.register(new ReplicaServer(first));
  private final ReplicaServer two = closer.register(new ReplicaServer(second));
  private final TestBackends parts = new TestBackends(closer, NameResolver.SYSTEM);

  @AfterEach
  void close() {
    closer.close();
  }

  private VadPort start() {
    ChannelTargets targets =
        new ChannelTargets(
            List.of(ChannelConfig.loopback(one.port()), ChannelConfig.loopback(two.port())),
            List.of());
    VadPort port =
        parts.backends.detector(
            new PoolConfig(targets, Duration.ofSeconds(5)), Duration.ofMinutes(1));
    soon().until(() -> parts.ready() == 2);
    return port;
  }

  private static VadStream open(VadPort port, Lost lost, ReplicaServer... avoid) {
    Set<String> names = Set.copyOf(List.of(avoid).stream().map(ReplicaServer::name).toList());
    return port.open(new DetectionRequest("session", EndpointingOptions.DEFAULTS, 0, names), lost);
  }

  private static boolean goesTo(VadPort port, ReplicaServer wanted, ReplicaServer avoided) {
    VadStream stream = open(port, new Lost(), avoided);
    String backend = stream.backend();
    stream.cancel();
    return backend.equals(wanted.name());
  }

  @Test
  void spreadsSessionsEvenly() {
    VadPort port = start();
    for (int i = 0; i < 10; i++) {
      VadStream unused = open(port, new Lost());
    }

    soon().until(() -> first.open.get() == 5 && second.open.get() == 5);
  }

  @Test
  void leavesADetectorThatWasKilledAndFindsItAgain() {
    VadPort port = start();
    Lost lost = new Lost();
    VadStream unused = open(port, lost, two);
    soon().until(() -> first.opened.get() > 0);
    one.kill();
    soon().until(() -> lost.failure != null);
    // The stream may hear of the loss a moment before the connection does.
    soon().until(() -> !goesTo(port, one, two));
    assertThat(goesTo(port, two, one)).isTrue();

    one.start();
    soon().until(() -> goesTo(port, one, two));
  }

  @Test
  void leavesOutADetectorThatHangs() {
    VadPort port = start();
    open(port, new Lost(), two).abandon(ReplayCause.HUNG);

    for (int i = 0; i < 5; i++) {
      assertThat(open(port, new Lost()).backend()).isEqualTo(two.name());
    }
    assertThat(parts.ready()).isEqualTo(1);
  }

  /** Remembers how the stream was lost. */
  private static final class Lost implements VadListener {
    volatile @Nullable BackendFailure failure;

    @Override
    public void onReady() {}

    @Override
    public void onStarted(SpeechStarted event) {}

    @Override
    public void onProgress(VadProgress event) {}

    @Override
    public void onEnded(SpeechEnded event) {}

    @Override
    public void onCompleted() {}

    @Override
    public void onLost(BackendFailure lost) {
      failure = lost;
    }
  }
}
