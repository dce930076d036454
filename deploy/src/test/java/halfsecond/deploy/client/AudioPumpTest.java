// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioPumpTest {

  private static final long MS = 1_000_000;

  private final ManualPace pace = new ManualPace();
  private final List<ByteString> sent = new ArrayList<>();
  private final List<Long> leftAt = new ArrayList<>();

  private AudioPump pump(WireFormat format) {
    return new AudioPump(
        format,
        Duration.ofMillis(40),
        pace,
        audio -> {
          sent.add(audio);
          leftAt.add(pace.now());
          return true;
        });
  }

  @Test
  void letsAPieceGoWhenItsLastSampleWasSpoken() throws Exception {
    pump(WireFormat.LINEAR16_16K).send(stream(3 * 1280), Long.MAX_VALUE);

    assertThat(sent).extracting(ByteString::size).containsExactly(1280, 1280, 1280);
    assertThat(leftAt).containsExactly(40 * MS, 80 * MS, 120 * MS);
  }

  @Test
  void doesNotMakeLaterPiecesLateWhenOneWasLate() throws Exception {
    AudioPump pump = pump(WireFormat.LINEAR16_16K);
    pace.advance(95 * MS);

    pump.send(stream(3 * 1280), Long.MAX_VALUE);

    assertThat(leftAt).containsExactly(95 * MS, 95 * MS, 120 * MS);
  }

  @Test
  void sendsTheRestThatFillsNoPiece() throws Exception {
    pump(WireFormat.LINEAR16_16K).send(stream(1280 + 320), Long.MAX_VALUE);

    assertThat(sent).extracting(ByteString::size).containsExactly(1280, 320);
    assertThat(leftAt).containsExactly(40 * MS, 50 * MS);
  }

  @Test
  void stopsAtTheLimit() throws Exception {
    AudioPump pump = pump(WireFormat.LINEAR16_16K);

    assertThat(pump.send(stream(5000), 2000)).isTrue();

    assertThat(pump.sent()).isEqualTo(2000);
  }

  @Test
  void continuesTheClockOfTheAudioThroughTheTail() throws Exception {
    AudioPump pump = pump(new WireFormat(AudioEncoding.AUDIO_ENCODING_MULAW, 8000));

    pump.send(stream(320), Long.MAX_VALUE);
    pump.sendSilence(Duration.ofMillis(60));

    assertThat(sent).extracting(ByteString::size).containsExactly(320, 320, 160);
    assertThat(sent.get(1).byteAt(0)).as("silence of mu-law").isEqualTo((byte) 0xFF);
    assertThat(leftAt).containsExactly(40 * MS, 80 * MS, 100 * MS);
  }

  @Test
  void stopsWhenTheSessionWantsNoMore() throws Exception {
    AudioPump pump =
        new AudioPump(WireFormat.LINEAR16_16K, Duration.ofMillis(40), pace, audio -> false);

    assertThat(pump.send(stream(5000), Long.MAX_VALUE)).isFalse();

    assertThat(pump.sent()).isEqualTo(1280);
  }

  private static ByteArrayInputStream stream(int bytes) {
    return new ByteArrayInputStream(new byte[bytes]);
  }

  /** Waiting moves the clock. */
  private static final class ManualPace implements Pace {
    private long now;

    void advance(long nanos) {
      now += nanos;
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public void await(long instant) {
      now = Math.max(now, instant);
    }
  }
}
