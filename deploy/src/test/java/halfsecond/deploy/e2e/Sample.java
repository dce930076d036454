// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import com.google.protobuf.ByteString;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.SpeechSession;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.WireFormat;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.testing.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The synthesized clip that ships with the distribution, for tests that need any speech at all. */
final class Sample {

  private static final String NAME = "lights.wav";
  private static final Path FOLDER = Path.of("src", "main", "samples");
  private static final int PIECE = 6_400;
  private static final int MID_WORD = 12_345;

  private Sample() {}

  static short[] samples() {
    try {
      return WavFile.read(FOLDER.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** LINEAR16 at 16 kHz, ending in the middle of a word. */
  static byte[] audioUntilMidWord() {
    return SpokenAudio.littleEndian(Arrays.copyOf(samples(), MID_WORD));
  }

  static String transcript() {
    try {
      return Files.readAllLines(FOLDER.resolve("transcripts.tsv")).stream()
          .filter(line -> line.startsWith(NAME + "\t"))
          .map(line -> line.substring(NAME.length() + 1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the clip into a session of LINEAR16 at 16 kHz, in pieces. */
  static void send(SpeechSession session) throws InterruptedException {
    byte[] audio = SpokenAudio.littleEndian(samples());
    for (int start = 0; start < audio.length; start += PIECE) {
      session.send(ByteString.copyFrom(audio, start, Math.min(PIECE, audio.length - start)));
    }
  }

  /** Streams the clip as BATCH traffic and returns what was heard. */
  static String transcribe(SpeechClient client) throws IOException, InterruptedException {
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
            SpokenAudio.in(WireFormat.LINEAR16_16K, samples()), config, options, answer -> {});
    return String.join(
        " ",
        session.result().orThrow().finals().stream()
            .map(result -> result.getAlternatives(0).getTranscript())
            .toList());
  }
}
