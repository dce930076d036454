// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.Replica;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.pipeline.Service;
import halfsecond.speech.v1.Finality;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * People speak while the processes behind the router die and hang: everybody gets every final,
 * once, and the words are those of an undisturbed run. How many of each is set by {@code
 * chaos.utterances}, {@code chaos.kills}, {@code chaos.hangs} and {@code chaos.seed}; the defaults
 * are small enough for every build.
 */
class ChaosIT {

  private static final int UTTERANCES = Integer.getInteger("chaos.utterances", 20);
  private static final int KILLS = Integer.getInteger("chaos.kills", 3);
  private static final int HANGS = Integer.getInteger("chaos.hangs", 1);
  private static final long SEED = Long.getLong("chaos.seed", 7);
  private static final int SPEAKERS = 4;

  /** Far from what a replay takes: a bound for a busy machine, not a measurement. */
  private static final Duration LATEST = Duration.ofSeconds(5);

  private final Report report = new Report(getClass().getSimpleName());

  @Test
  void aLostRecognizerCostsNobodyTheirWords() throws Exception {
    try (ProcessPipeline pipeline =
            Pipelines.inProcesses("chaos-asr", TestModels.ADMITTING_ALL, new ReplicaCounts(2, 1));
        SpeechClient client = Pipelines.client(pipeline);
        Loads loads = new Loads(pipeline)) {
      Map<String, Speaker.Heard> undisturbed = undisturbed(client);

      List<Speaker.Heard> heard;
      try (Chaos chaos = new Chaos(pipeline, Service.ASR, loads::decoding, KILLS, HANGS, SEED)) {
        heard = speak(client, chaos);
        report.line("recognition: %d kills, %d hangs", chaos.kills(), chaos.hangs());
        assertThat(chaos.done()).as("all kills and hangs happened while people spoke").isTrue();
      }

      assertUndisturbed(heard, undisturbed);
      reportReplays(heard);
      assertThat(heard.stream().flatMap(one -> one.finals().stream()))
          .as("utterances that were replayed")
          .anyMatch(result -> result.getLatency().getAttempts() > 1);
    }
  }

  @Test
  void aLostDetectorFindsTheSameUtterances() throws Exception {
    int kills = Math.max(1, KILLS / 2);
    try (ProcessPipeline pipeline =
            Pipelines.inProcesses("chaos-vad", TestModels.ADMITTING_ALL, new ReplicaCounts(1, 2));
        SpeechClient client = Pipelines.client(pipeline)) {
      Map<String, Speaker.Heard> undisturbed = undisturbed(client);

      List<Speaker.Heard> heard;
      // Sessions spread over both detectors and are always speaking.
      try (Chaos chaos = new Chaos(pipeline, Service.VAD, replica -> true, kills, 0, SEED)) {
        heard = speak(client, chaos);
        report.line("detection: %d kills", chaos.kills());
        assertThat(chaos.done()).isTrue();
      }

      assertUndisturbed(heard, undisturbed);
    }
  }

  private static Map<String, Speaker.Heard> undisturbed(SpeechClient client) throws Exception {
    Map<String, Speaker.Heard> heard = new HashMap<>();
    for (Clip clip : clips()) {
      heard.put(clip.name(), Speaker.speak(client, clip));
    }
    assertThat(heard.values()).allMatch(one -> !one.finals().isEmpty());
    return heard;
  }

  /** Short ones: each is spoken in real time. */
  private static List<Clip> clips() {
    return RecordedSpeech.clips().stream()
        .filter(clip -> clip.duration().compareTo(Duration.ofSeconds(4)) < 0)
        .toList();
  }

  /** Goes on until enough was said and the chaos is over, and says one more clip each after it. */
  private static List<Speaker.Heard> speak(SpeechClient client, Chaos chaos) throws Exception {
    List<Clip> clips = clips();
    AtomicInteger next = new AtomicInteger();
    ExecutorService speakers = Executors.newFixedThreadPool(SPEAKERS);
    try {
      List<Future<List<Speaker.Heard>>> futures = new ArrayList<>();
      for (int i = 0; i < SPEAKERS; i++) {
        futures.add(
            speakers.submit(
                () -> {
                  List<Speaker.Heard> heard = new ArrayList<>();
                  boolean last;
                  do {
                    int turn = next.getAndIncrement();
                    last = (chaos.done() && turn >= UTTERANCES) || turn >= UTTERANCES * 20;
                    heard.add(Speaker.speak(client, clips.get(turn % clips.size())));
                  } while (!last);
                  return heard;
                }));
      }
      List<Speaker.Heard> all = new ArrayList<>();
      for (Future<List<Speaker.Heard>> future : futures) {
        all.addAll(future.get());
      }
      return all;
    } finally {
      speakers.shutdownNow();
    }
  }

  private void assertUndisturbed(
      List<Speaker.Heard> heard, Map<String, Speaker.Heard> undisturbed) {
    report.line(
        "%d clips, %d finals, %d refused",
        heard.size(),
        heard.stream().mapToInt(one -> one.finals().size()).sum(),
        heard.stream().mapToInt(Speaker.Heard::rejected).sum());
    assertThat(heard)
        .allSatisfy(
            one -> {
              Speaker.Heard expected = Objects.requireNonNull(undisturbed.get(one.clip().name()));
              assertThat(one.rejected()).as("refused utterances in %s", one.clip()).isZero();
              assertThat(one.transcripts())
                  .as("finals of %s, none lost, none twice", one.clip())
                  .isEqualTo(expected.transcripts());
              assertThat(one.places()).as("clips of %s", one.clip()).isEqualTo(expected.places());
              assertThat(one.finals())
                  .filteredOn(result -> result.getLatency().getAttempts() > 1)
                  .as("replayed finals are full")
                  .noneMatch(result -> result.getFinality() == Finality.FINALITY_DEADLINE);
            });
  }

  private void reportReplays(List<Speaker.Heard> heard) {
    List<Duration> replayed = new ArrayList<>();
    List<Duration> others = new ArrayList<>();
    for (Speaker.Heard one : heard) {
      for (int i = 0; i < one.finals().size(); i++) {
        boolean again = one.finals().get(i).getLatency().getAttempts() > 1;
        (again ? replayed : others).add(one.waits().get(i));
      }
    }
    report.line("replayed finals: %s", Report.spread(replayed));
    report.line("replayed finals, p99: %d ms", Report.percentile(replayed, 99).toMillis());
    report.line("other finals: %s", Report.spread(others));
    assertThat(replayed).allMatch(wait -> wait.compareTo(LATEST) < 0);
  }

  /** What each recognizer has to do; a channel each. */
  private static final class Loads implements AutoCloseable {
    private final Map<Replica, ManagedChannel> channels = new HashMap<>();

    Loads(ProcessPipeline pipeline) {
      for (Replica replica : pipeline.replicas()) {
        if (replica.service() == Service.ASR) {
          channels.put(replica, Pipelines.channel(replica.endpoint()));
        }
      }
    }

    boolean decoding(Replica replica) {
      ManagedChannel channel = channels.get(replica);
      if (channel == null) {
        return false;
      }
      try {
        channel.resetConnectBackoff();
        return AsrServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(1, TimeUnit.SECONDS)
                .watchLoad(WatchLoadRequest.getDefaultInstance())
                .next()
                .getLoad()
                .getActiveClips()
            > 0;
      } catch (StatusRuntimeException e) {
        // On its way down or up: not a victim.
        return false;
      }
    }

    @Override
    public void close() {
      channels.values().forEach(ManagedChannel::shutdownNow);
    }
  }
}
