// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.TestAudio;
import halfsecond.testing.Tools;
import halfsecond.testing.WavFile;
import halfsecond.vad.webrtc.WebRtcVad;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the shipped defaults the shortest words are an utterance, and one only. */
class ShortWordsIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes", "no", "stop", "go", "help", "okay", "zero", "one", "two", "three", "four", "five",
        "six", "seven", "eight", "nine", "hi", "up", "off", "what", "on", "it", "a"
      })
  void areFoundInOnePiece(String word) throws IOException, InterruptedException {
    for (String voice : new String[] {"slt", "rms", "kal16", "awb"}) {
      RecordingListener heard = new RecordingListener();
      try (Detector detector =
          new Detector(Settings.DEFAULT.build(), 16000, 0, new WebRtcVad(16000, 20, 3), heard)) {
        detector.hear(
            ShortBuffer.wrap(
                TestAudio.concat(
                    TestAudio.whiteNoise(1, -80, Duration.ofMillis(500)),
                    say(word, voice),
                    TestAudio.whiteNoise(2, -80, Duration.ofSeconds(1)))));
        detector.endOfStream();
      }
      assertThat(heard.ended).as("%s by %s", word, voice).hasSize(1);
    }
  }

  private short[] say(String word, String voice) throws IOException, InterruptedException {
    Path file = folder.resolve(voice + ".wav");
    Process flite =
        new ProcessBuilder(
                Tools.require("flite").toString(),
                "-voice",
                voice,
                "-t",
                word,
                "-o",
                file.toString())
            .inheritIO()
            .start();
    assertThat(flite.waitFor()).isZero();
    return WavFile.read(file);
  }
}
