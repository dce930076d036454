// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Audio16k;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import halfsecond.vad.webrtc.WebRtcVad;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How much audio from before a loss the next detector must hear to go on exactly as the lost one
 * would have: prints the tables of docs/endpointing.md and holds the memory of the detector to
 * them. What is resumed and where is what the router does.
 */
class ResumedDetectionIT {
  private static final int LOSSES = 15;
  private static final int COMPARED = 3;
  private static final int GRID = 960;
  private static final long LOOK_BACK = 48_000;
  private static final int[] PAUSES_DBFS = {-200, -80, -50};

  /** A judge that is never renewed. */
  private static final Duration ENDLESS = Duration.ofHours(1);

  private static final Duration WHOLE_SESSION = Duration.ofHours(1);

  private record Edges(long clipStart, long clipEnd, long speechEnd, long decided) {
    static Edges of(SpeechEnded event) {
      return new Edges(event.clipStart(), event.clipEnd(), event.speechEnd(), event.decided());
    }
  }

  /** Clips that ended after a loss, and how many of them were not the same. */
  private record Row(int compared, int other) {
    Row plus(Row row) {
      return new Row(compared + row.compared, other + row.other);
    }
  }

  /** The whole table of docs/endpointing.md takes a minute: {@code -Ddetection.table=true}. */
  private static final boolean TABLE = Boolean.getBoolean("detection.table");

  @Test
  void goesOnAsTheLostDetectorWouldHave() {
    System.out.println("memory  history  clips after a loss / with other edges, by pauses");
    int endless = print("endless", ENDLESS, Duration.ofSeconds(2));
    int renewed = print("12 s   ", RenewedJudge.PERIOD, RenewedJudge.MEMORY);
    if (TABLE) {
      for (int seconds : new int[] {5, 10, 20}) {
        print("endless", ENDLESS, Duration.ofSeconds(seconds));
      }
      print("endless", ENDLESS, WHOLE_SESSION);
      for (int seconds : new int[] {2, 6, 9}) {
        print("12 s   ", RenewedJudge.PERIOD, Duration.ofSeconds(seconds));
      }
    }

    assertThat(endless).as("what is compared shows a detector that has to learn").isPositive();
    assertThat(renewed).isZero();
  }

  /** A session of 30 recorded clips is cut into 30 clips, more or less, also when it is long. */
  @Test
  void cutsLongSessionsAsWellAsShortOnes() {
    System.out.println("memory  utterances in three sessions of 30 clips, by pauses");
    for (int level : PAUSES_DBFS) {
      int renewed = 0;
      int endless = 0;
      for (int seed = 1; seed <= 3; seed++) {
        short[] session = session(new Random(seed), level);
        renewed += detect(session, 0, RenewedJudge.PERIOD).size();
        endless += detect(session, 0, ENDLESS).size();
      }
      System.out.printf("%4d dBFS: 12 s %d, endless %d%n", level, renewed, endless);

      assertThat(renewed).isBetween(89, 94);
    }
  }

  private static int print(String memory, Duration period, Duration history) {
    StringBuilder line = new StringBuilder(memory + " " + history);
    int others = 0;
    for (int level : PAUSES_DBFS) {
      Row row = measure(period, history, level);
      line.append("  %d / %d".formatted(row.compared(), row.other()));
      others += row.other();
    }
    System.out.println(line);
    return others;
  }

  private static Row measure(Duration period, Duration history, int level) {
    Row sum = new Row(0, 0);
    for (int seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      short[] session = session(random, level);
      List<Edges> undisturbed = detect(session, 0, period);
      for (int i = 0; i < LOSSES; i++) {
        long judged = random.nextInt(session.length / 320) * 320L;
        sum = sum.plus(lose(undisturbed, session, judged, period, history));
      }
    }
    return sum;
  }

  private static Row lose(
      List<Edges> undisturbed, short[] session, long judged, Duration period, Duration history) {
    List<Edges> after =
        undisturbed.stream().filter(e -> e.decided() > judged).limit(COMPARED).toList();
    if (after.isEmpty()) {
      return new Row(0, 0);
    }
    long needed = Math.min(judged - LOOK_BACK, after.get(0).clipStart());
    long wanted = Math.max(0, needed - history.toSeconds() * Audio16k.SAMPLE_RATE);
    long from = wanted - wanted % GRID;
    int until = (int) after.get(after.size() - 1).decided();
    List<Edges> resumed = detect(Arrays.copyOfRange(session, (int) from, until), from, period);
    return new Row(
        after.size(), (int) after.stream().filter(edges -> !resumed.contains(edges)).count());
  }

  private static List<Edges> detect(short[] audio, long from, Duration period) {
    RecordingListener heard = new RecordingListener();
    EndpointingSettings settings = Settings.DEFAULT.build();
    int rate = Audio16k.SAMPLE_RATE;
    int frame = settings.frameMillis();
    FrameJudge judge =
        new RenewedJudge(
            () -> new WebRtcVad(rate, frame, settings.aggressiveness()), rate, frame, from, period);
    try (Detector detector = new Detector(settings, rate, from, judge, heard)) {
      detector.hear(ShortBuffer.wrap(audio));
    }
    return heard.ended.stream().map(Edges::of).toList();
  }

  /** Every clip three times, in any order, each after 0.5 to 2 s of noise, and a last second. */
  private static short[] session(Random random, int level) {
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clips.addAll(RecordedSpeech.clips());
    }
    Collections.shuffle(clips, random);
    List<short[]> parts = new ArrayList<>();
    for (Clip clip : clips) {
      int millis = 500 + random.nextInt(1_500);
      parts.add(TestAudio.whiteNoise(random.nextInt(), level, Duration.ofMillis(millis)));
      parts.add(clip.samples());
    }
    parts.add(TestAudio.whiteNoise(random.nextInt(), level, Duration.ofSeconds(1)));
    return TestAudio.concat(parts.toArray(short[][]::new));
  }
}
