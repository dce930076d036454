// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.WireFormat;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.Pipeline;
import halfsecond.deploy.pipeline.Service;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetStageSummaryResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.Stage;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.testing.TestAudio;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is not speech: explicit empty finals or no utterance, never an error, never a word; and the
 * monitor counts them.
 */
@Tag("side-by-side")
class NullTranscriptIT {

  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final GetStageSummaryRequest REQUEST =
      GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).build();

  @Test
  void soundsThatAreNotSpeechGiveNoWordsAndAreCounted() throws Exception {
    Report report = new Report(getClass().getSimpleName());
    int nulls = 0;
    try (EmbeddedPipeline pipeline = Pipelines.inOneJvm();
        SpeechClient client = Pipelines.client(pipeline)) {
      for (Map.Entry<String, short[]> sound : sounds().entrySet()) {
        List<StreamingRecognitionResult> finals = finals(client, sound.getValue());
        report.line("%s: %d empty finals", sound.getKey(), finals.size());
        assertThat(finals)
            .as(sound.getKey())
            .allSatisfy(result -> assertThat(result.getAlternatives(0).getTranscript()).isEmpty());
        nulls += finals.size();
      }

      assertThat(nulls).as("sounds that the detector takes for speech").isPositive();
      assertCounted(pipeline, nulls);
      report.line("null transcripts in all: %d, all counted by the monitor", nulls);
    }
  }

  private static List<StreamingRecognitionResult> finals(SpeechClient client, short[] sound)
      throws InterruptedException, java.io.IOException {
    StreamingRecognitionConfig config =
        StreamingRecognitionConfig.newBuilder()
            .setConfig(
                RecognitionConfig.newBuilder()
                    .setModel(TestModels.VERSION.toString())
                    .setTrafficClass(TrafficClass.TRAFFIC_CLASS_BATCH))
            .build();
    StreamOptions options = StreamOptions.fast().withTail(Duration.ofMillis(600));
    var session =
        client.stream(
            SpokenAudio.in(WireFormat.LINEAR16_16K, sound), config, options, answer -> {});
    return session.result().orThrow().finals();
  }

  private static void assertCounted(Pipeline pipeline, int nulls) {
    ManagedChannel channel = Pipelines.channel(pipeline, Service.MONITOR);
    try {
      var monitor = MonitorServiceGrpc.newBlockingStub(channel);
      // Records travel behind the answers, on a queue of their own.
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(20))
          .untilAsserted(
              () -> assertThat(countedBy(monitor.getStageSummary(REQUEST))).isEqualTo(nulls));
    } finally {
      channel.shutdownNow();
    }
  }

  /** All versions together come first. */
  private static long countedBy(GetStageSummaryResponse response) {
    return response.getSummaries(0).getNullTranscripts().getEvents();
  }

  private static Map<String, short[]> sounds() {
    Map<String, short[]> sounds = new LinkedHashMap<>();
    sounds.put("silence", TestAudio.silence(LENGTH));
    for (int level : List.of(-50, -40, -30, -20, -10)) {
      for (long seed = 1; seed <= 3; seed++) {
        sounds.put(
            "white noise " + level + " dBFS, seed " + seed,
            TestAudio.whiteNoise(seed, level, LENGTH));
        sounds.put(
            "pink noise " + level + " dBFS, seed " + seed,
            TestAudio.pinkNoise(seed, level, LENGTH));
      }
    }
    for (int hertz : List.of(50, 440, 1_000, 3_000)) {
      sounds.put("tone of " + hertz + " Hz", TestAudio.tone(hertz, -20, LENGTH));
    }
    List<short[]> bursts = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      bursts.add(TestAudio.whiteNoise(i, -25, Duration.ofMillis(150L * i)));
      bursts.add(TestAudio.silence(Duration.ofMillis(500)));
    }
    sounds.put("bursts of noise", TestAudio.concat(bursts.toArray(short[][]::new)));
    return sounds;
  }
}
