// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Audio16k;
import halfsecond.testing.TestAudio;
import halfsecond.vad.v1.DetectResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Audio, pieces and moments of cancelling that a seed makes up, through the whole service. */
class DetectProperties {
  private static InProcessVad vad;

  @BeforeAll
  static void start() throws IOException {
    vad = new InProcessVad();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    vad.close();
  }

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyPiecesOfTheSameBytesGiveTheSameEvents(long seed) {
    Random random = new Random(seed);
    byte[] audio = audio(random);

    List<DetectResponse> whole = events(audio, 200_000, random);

    assertThat(whole).isNotEmpty();
    assertThat(events(audio, 1 + random.nextInt(3000), random)).isEqualTo(whole);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noHandleSurvivesACancelledStream(long seed) {
    Random random = new Random(seed);
    byte[] audio = audio(random);
    DetectClient client = DetectClient.configured(vad.channel());

    int pieces = random.nextInt(20);
    for (int i = 0; i < pieces; i++) {
      int from = random.nextInt(audio.length - 3200);
      client.send(Arrays.copyOfRange(audio, from, from + random.nextInt(3200)));
    }
    client.cancel();

    vad.awaitHandles(0);
  }

  /** Starts and ends; nothing is traced, so they have no trace of their own. */
  private static List<DetectResponse> events(byte[] audio, int longestPiece, Random random) {
    DetectClient client = DetectClient.configured(vad.channel());
    int at = 0;
    while (at < audio.length) {
      int end = Math.min(audio.length, at + 1 + random.nextInt(longestPiece));
      client.send(Arrays.copyOfRange(audio, at, end));
      at = end;
    }
    assertThat(client.halfClose().status().isOk()).isTrue();
    return client.responses().stream().filter(response -> !response.hasProgress()).toList();
  }

  private static byte[] audio(Random random) {
    short[] audio = Speech.vowel(Duration.ofMillis(300));
    for (int i = 0; i < 5; i++) {
      audio =
          TestAudio.concat(
              audio,
              TestAudio.whiteNoise(random.nextLong(), -70, length(random)),
              Speech.vowel(length(random)),
              TestAudio.silence(length(random)));
    }
    return Audio16k.toBytes(audio);
  }

  private static Duration length(Random random) {
    return Duration.ofMillis(20 + random.nextInt(500));
  }
}
