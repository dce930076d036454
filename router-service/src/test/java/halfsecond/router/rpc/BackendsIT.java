// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import static halfsecond.router.rpc.TestBackends.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import halfsecond.asr.v1.Load;
import halfsecond.common.error.Reason;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.ChannelTargets;
import halfsecond.router.backend.ReplicaServer;
import halfsecond.router.backend.ScriptedAsr;
import halfsecond.router.backend.ScriptedAsr.Mode;
import halfsecond.router.backend.UsualCosts;
import halfsecond.router.model.LoadedModel;
import halfsecond.router.session.BackendFailure;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.utterance.ReplayCause;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several replicas of recognition, over real connections. */
final class BackendsIT {
  private final Closer closer = new Closer();
  private final ScriptedAsr first = new ScriptedAsr();
  private final ScriptedAsr second = new ScriptedAsr();
  private final ReplicaServer one = closer.register(new ReplicaServer(first));
  private final ReplicaServer two = closer.register(new ReplicaServer(second));
  private volatile List<String> addresses = List.of();
  private final TestBackends parts = new TestBackends(closer, name -> addresses);

  @AfterEach
  void close() {
    closer.close();
  }

  private Backends.Asr start(ChannelTargets targets) {
    return parts.backends.recognition(
        new PoolConfig(targets, Duration.ofMillis(50)),
        new GrpcRecognition.Settings(
            Duration.ofMillis(100), Duration.ofSeconds(60), Duration.ofSeconds(60)),
        Duration.ofMillis(50),
        new UsualCosts());
  }

  /** Both replicas, ready. */
  private Backends.Asr both() {
    Backends.Asr asr =
        start(
            new ChannelTargets(
                List.of(ChannelConfig.loopback(one.port()), ChannelConfig.loopback(two.port())),
                List.of()));
    soon().until(() -> parts.ready() == 2 && takes(asr, two, one) && takes(asr, one, two));
    return asr;
  }

  /** Whether a clip goes to one that avoids the other. */
  private static boolean takes(Backends.Asr asr, ReplicaServer wanted, ReplicaServer avoided) {
    HeardClip clip = HeardClip.open(asr.recognition(), avoided.name());
    String backend = clip.backend();
    clip.stream().cancel();
    return backend.equals(wanted.name());
  }

  private static void load(ScriptedAsr asr, double coresUsed) {
    asr.load = Load.newBuilder().setCores(2).setCoresUsed(coresUsed).build();
  }

  private static String next(RecognitionPort port) {
    HeardClip clip = HeardClip.open(port);
    String backend = clip.backend();
    clip.stream().cancel();
    return backend;
  }

  @Test
  void sendsClipsToTheLeastLoaded() {
    Backends.Asr asr = both();
    load(first, 1.5);
    load(second, 0.5);
    soon().until(() -> next(asr.recognition()).equals(two.name()));

    load(second, 1.8);
    soon().until(() -> next(asr.recognition()).equals(one.name()));
    soon().until(() -> asr.fleet().capacity().coresUsed() == 3.3);
    assertThat(asr.fleet().capacity().cores()).isEqualTo(4);

    HeardClip clip = HeardClip.open(asr.recognition()).audio().finish();
    soon().until(clip::over);
    assertThat(clip.finals)
        .singleElement()
        .satisfies(
            answer ->
                assertThat(answer.alternatives().get(0).transcript())
                    .isEqualTo("clip of 3200 samples"));
  }

  @Test
  void passesASecondFinalOn() {
    Backends.Asr asr = both();
    first.mode = Mode.ANSWERS_TWICE;
    second.mode = Mode.ANSWERS_TWICE;
    HeardClip clip = HeardClip.open(asr.recognition()).audio().finish();

    soon().until(() -> clip.completed);
    assertThat(clip.finals).hasSize(2);
  }

  @Test
  void asksForFewerHypothesesWhenTheClientWantsNone() {
    Backends.Asr asr = both();
    HeardClip wanted = HeardClip.open(asr.recognition(), HeardClip.VERSION, true).finish();
    HeardClip unwanted = HeardClip.open(asr.recognition(), HeardClip.VERSION, false).finish();
    soon().until(() -> wanted.completed && unwanted.completed);

    assertThat(Stream.concat(first.configs.stream(), second.configs.stream()))
        .extracting(config -> Durations.toMillis(config.getHypothesisInterval()))
        .containsOnly(100L, 300L);
  }

  @Test
  void leavesAReplicaThatWasKilledAndFindsItAgainOnItsPort() {
    Backends.Asr asr = both();
    first.mode = Mode.HOLDS;
    HeardClip clip = HeardClip.open(asr.recognition(), two.name()).audio();
    one.kill();
    soon().until(clip::over);
    assertThat(clip.failure().cause()).isEqualTo(ReplayCause.LOST);
    // The stream may hear of the loss a moment before the connection does.
    soon().until(() -> next(asr.recognition()).equals(two.name()));
    for (int i = 0; i < 10; i++) {
      assertThat(next(asr.recognition())).isEqualTo(two.name());
    }

    // Long enough for a channel left to itself to wait for seconds between its tries.
    await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
    one.start();

    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMillis(1_500))
        .until(() -> takes(asr, one, two));
  }

  @Test
  void findsReplicasThatStartLater() {
    one.kill();
    two.kill();
    Backends.Asr asr =
        start(
            new ChannelTargets(
                List.of(ChannelConfig.loopback(one.port()), ChannelConfig.loopback(two.port())),
                List.of()));
    HeardClip early = HeardClip.open(asr.recognition());
    assertThat(early.failure()).isEqualTo(new BackendFailure(Reason.BACKEND_UNAVAILABLE));
    assertThat(asr.models().known()).isFalse();

    two.start();
    soon().until(() -> next(asr.recognition()).equals(two.name()));
    soon().until(() -> asr.models().known());
    assertThat(asr.models().loaded()).containsExactly(new LoadedModel("en-small@1", "en-US"));
  }

  @Test
  void givesNoNewClipsToAReplicaThatDrainsAndLetsTheOldOnesFinish() {
    Backends.Asr asr = both();
    first.mode = Mode.HOLDS;
    HeardClip running = HeardClip.open(asr.recognition(), two.name()).audio().finish();
    soon().until(() -> first.held() == 1);
    first.load = Load.newBuilder().setCores(2).setDraining(true).build();
    load(second, 1.9);

    soon().until(() -> !takes(asr, one, two));
    for (int i = 0; i < 10; i++) {
      assertThat(next(asr.recognition())).isEqualTo(two.name());
    }
    first.release();
    soon().until(() -> running.completed);
    assertThat(running.finals).hasSize(1);
  }

  @Test
  void givesNoNewClipsToAReplicaThatDoesNotServe() {
    Backends.Asr asr = both();
    one.serving(false);
    soon().until(() -> !takes(asr, one, two));

    one.serving(true);
    soon().until(() -> takes(asr, one, two));
  }

  @Test
  void leavesOutAReplicaThatHangs() {
    Backends.Asr asr = both();
    load(first, 0);
    load(second, 1.9);
    soon().until(() -> asr.fleet().capacity().cores() == 4);
    HeardClip clip = HeardClip.open(asr.recognition());
    assertThat(clip.backend()).isEqualTo(one.name());
    clip.stream().abandon(ReplayCause.HUNG);

    for (int i = 0; i < 10; i++) {
      assertThat(next(asr.recognition())).isEqualTo(two.name());
    }
    assertThat(clip.over()).as("nothing is reported after").isFalse();
  }

  @Test
  void takesClipsFromAReplicaThatIsFarSlowerThanTheOther() {
    Backends.Asr asr = both();
    first.mode = Mode.HOLDS;
    List<HeardClip> slow = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      slow.add(HeardClip.open(asr.recognition(), two.name()).audio().finish());
    }

    // The other one answers all the time.
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(4))
        .until(
            () -> {
              HeardClip fast = HeardClip.open(asr.recognition(), one.name()).audio().finish();
              soon().until(fast::over);
              return slow.stream().allMatch(HeardClip::over);
            });
    assertThat(slow)
        .allSatisfy(clip -> assertThat(clip.failure()).isEqualTo(BackendFailure.slow()));
    assertThat(next(asr.recognition())).isEqualTo(two.name());
  }

  @Test
  void knowsAModelThatIsOnlyWhereNobodyAnswersNow() {
    first.models = List.of("en-small@1", "de@1");
    Backends.Asr asr = both();
    soon().until(() -> asr.models().loaded().size() == 2);
    HeardClip unknown = HeardClip.open(asr.recognition(), "fr@1", false);
    assertThat(unknown.failure().reason()).isEqualTo(Reason.MODEL_NOT_FOUND);

    one.kill();
    soon().until(() -> asr.models().loaded().size() == 1);

    assertThat(asr.models().missing()).containsExactly(new LoadedModel("de@1", "en-US"));
    assertThat(asr.models().known()).isTrue();
    HeardClip waiting = HeardClip.open(asr.recognition(), "de@1", false);
    assertThat(waiting.failure().reason()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
    assertThat(waiting.backend()).isEmpty();
  }

  @Test
  void followsTheAddressesOfAName() {
    closer.register(new ReplicaServer(second, "127.0.0.2", one.port()));
    addresses = List.of("127.0.0.1");
    Backends.Asr asr =
        start(
            new ChannelTargets(
                List.of(), List.of(new ChannelConfig("localhost", one.port(), null))));
    soon().until(() -> next(asr.recognition()).equals(one.name()));

    addresses = List.of("127.0.0.1", "127.0.0.2");
    String added = "127.0.0.2:" + one.port();
    soon()
        .until(
            () -> HeardClip.open(asr.recognition(), one.name()).finish().backend().equals(added));

    first.mode = Mode.HOLDS;
    HeardClip running = HeardClip.open(asr.recognition(), added).audio().finish();
    soon().until(() -> first.held() >= 1);
    addresses = List.of("127.0.0.2");
    soon().until(() -> HeardClip.open(asr.recognition(), added).finish().backend().equals(added));
    soon()
        .until(
            () -> {
              first.release();
              return running.completed;
            });
    assertThat(running.finals).as("it may finish").hasSize(1);
  }

  @Test
  void leavesOutAReplicaWhoseStreamsFailAgainAndAgain() {
    Backends.Asr asr = both();
    load(first, 0);
    load(second, 1.9);
    soon().until(() -> asr.fleet().capacity().cores() == 4);
    first.mode = Mode.DIES;
    first.death = Status.INTERNAL;
    for (int i = 0; i < 3; i++) {
      HeardClip clip = HeardClip.open(asr.recognition()).audio();
      assertThat(clip.backend()).isEqualTo(one.name());
      soon().until(clip::over);
      assertThat(clip.failure().reason()).isEqualTo(Reason.INTERNAL);
    }

    assertThat(next(asr.recognition())).isEqualTo(two.name());
  }
}
