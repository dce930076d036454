// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Positions are in milliseconds here: {@code ms} of 16 samples each. */
class DetectorTest {
  private static final int RATE = 16000;
  private final RecordingListener heard = new RecordingListener();
  private final ScriptedJudge judge = new ScriptedJudge();
  private Detector detector = detector(Settings.DEFAULT, 0);

  @Nested
  class Starting {
    @Test
    void saysNothingOfSilence() {
      silence(5000);
      detector.endOfStream();

      assertThat(heard.events).isEmpty();
    }

    @Test
    void announcesTheMinimumSpeechWithItsPreRoll() {
      silence(1000);
      speech(80);
      assertThat(heard.started).isEmpty();
      speech(20);

      assertThat(heard.started)
          .containsExactly(new SpeechStarted(0, ms(800), ms(1000), ms(1100), ms(1100)));
    }

    @Test
    void hasNoMorePreRollThanThereIsAudio() {
      silence(60);
      speech(100);

      assertThat(heard.started.get(0).clipStart()).isZero();
      assertThat(heard.started.get(0).speechStart()).isEqualTo(ms(60));
    }

    @Test
    void dropsABurstThatEndsBeforeTheMinimum() {
      silence(1000);
      speech(80);
      silence(1000);
      detector.endOfStream();

      assertThat(heard.events).isEmpty();
    }

    @Test
    void gathersTheMinimumAcrossShortGaps() {
      speech(80);
      silence(180);
      speech(20);

      assertThat(heard.started.get(0).speechStart()).isZero();
    }

    @Test
    void forgetsADroppedBurstWhenTheNextBegins() {
      detector = detector(Settings.DEFAULT.withOnset(60, 1000).withSilence(100, 100), 0);
      speech(80);
      silence(120);
      speech(40);
      silence(400);
      speech(100);

      assertThat(heard.started.get(0).speechStart()).isEqualTo(ms(200));
    }

    @Test
    void findsAnOnsetWithinTheWindowOnly() {
      detector = detector(Settings.DEFAULT.withOnset(60, 100).withMinSpeech(0), 0);
      silence(200);
      for (int i = 0; i < 10; i++) {
        speech(20);
        silence(40);
      }
      assertThat(heard.started).isEmpty();
      speech(20);
      silence(20);
      speech(20);
      silence(20);
      speech(20);

      assertThat(heard.started.get(0).speechStart()).isEqualTo(ms(800));
    }

    @Test
    void announcesAtTheOnsetWithoutAMinimum() {
      detector = detector(Settings.DEFAULT.withMinSpeech(0), 0);
      silence(1000);
      speech(60);

      assertThat(heard.started.get(0).processed()).isEqualTo(ms(1060));
    }
  }

  @Nested
  class Ending {
    @Test
    void endsAfterTheHangoverAndKeepsTheTrailingPadding() {
      detector = detector(Settings.DEFAULT.withSilence(200, 60), 0);
      silence(1000);
      speech(500);
      silence(180);
      assertThat(heard.ended).isEmpty();
      silence(20);

      SpeechEnded end = heard.ended.get(0);
      assertThat(end.clipStart()).isEqualTo(ms(800));
      assertThat(end.speechEnd()).isEqualTo(ms(1500));
      assertThat(end.clipEnd()).isEqualTo(ms(1560));
      assertThat(end.decided()).isEqualTo(ms(1700));
      assertThat(end.reason()).isEqualTo(EndReason.END_OF_SPEECH);
    }

    @Test
    void goesOnWhenSpeechComesBackWithinTheHangover() {
      speech(500);
      silence(180);
      speech(20);
      silence(200);

      assertThat(heard.ended).hasSize(1);
      assertThat(heard.ended.get(0).speechEnd()).isEqualTo(ms(700));
    }

    @Test
    void doesNotGiveTheNextClipWhatThePreviousOneHas() {
      detector = detector(Settings.DEFAULT.withPreRoll(1000), 0);
      speech(500);
      silence(300);
      speech(100);

      assertThat(heard.ended.get(0).clipEnd()).isEqualTo(ms(660));
      assertThat(heard.started.get(1).clipStart()).isEqualTo(ms(660));
    }

    @Test
    void endsWithTheStreamAndKeepsWhatIsShorterThanAFrame() {
      speech(500);
      detector.hear(ShortBuffer.wrap(new short[7]));
      detector.endOfStream();

      SpeechEnded end = heard.ended.get(0);
      assertThat(end.reason()).isEqualTo(EndReason.STREAM_END);
      assertThat(end.clipEnd()).isEqualTo(ms(500) + 7);
      assertThat(end.decided()).isEqualTo(ms(500) + 7);
    }

    @Test
    void dropsABurstBelowTheMinimumWhenTheStreamEnds() {
      speech(80);
      detector.endOfStream();

      assertThat(heard.events).isEmpty();
    }
  }

  @Nested
  class Finalizing {
    @Test
    void endsAtTheAudioReceivedSoFar() {
      speech(500);
      detector.hear(ShortBuffer.wrap(new short[] {1, 1, 1}));
      detector.endUtterance();

      SpeechEnded end = heard.ended.get(0);
      assertThat(end.reason()).isEqualTo(EndReason.FINALIZE);
      assertThat(end.clipEnd()).isEqualTo(ms(500) + 3);
    }

    @Test
    void keepsNoMoreSilenceThanTheTrailingPadding() {
      detector = detector(Settings.DEFAULT.withSilence(500, 40), 0);
      speech(500);
      silence(100);
      detector.endUtterance();

      assertThat(heard.ended.get(0).clipEnd()).isEqualTo(ms(540));
    }

    @Test
    void doesNothingOutsideOfUtterances() {
      detector.endUtterance();
      silence(1000);
      detector.endUtterance();
      speech(80);
      detector.endUtterance();
      assertThat(heard.events).isEmpty();
      speech(20);

      assertThat(heard.started).hasSize(1);
    }

    @Test
    void givesTheRestOfAFrameToTheNextClip() {
      speech(500);
      detector.hear(ShortBuffer.wrap(new short[] {1, 1, 1}));
      detector.endUtterance();
      detector.hear(ShortBuffer.wrap(ones(ms(20) - 3)));
      speech(200);

      assertThat(heard.started.get(1).clipStart()).isEqualTo(ms(500) + 3);
      assertThat(heard.started.get(1).speechStart()).isEqualTo(ms(500) + 3);
    }

    @Test
    void needsANewOnsetAfterwards() {
      speech(500);
      detector.endUtterance();
      speech(80);
      assertThat(heard.started).hasSize(1);
      speech(20);

      assertThat(heard.started.get(1).clipStart()).isEqualTo(ms(500));
    }
  }

  @Nested
  class ReachingTheLongestClip {
    @Test
    void cutsThereAndContinuesAtTheNextSample() {
      detector = detector(Settings.DEFAULT.withMaxUtterance(1000), 0);
      silence(500);
      speech(1500);
      silence(200);

      assertThat(heard.ended)
          .extracting(SpeechEnded::clipStart, SpeechEnded::clipEnd, SpeechEnded::reason)
          .containsExactly(
              tuple(300L * 16, 1300L * 16, EndReason.MAX_DURATION),
              tuple(1300L * 16, 2160L * 16, EndReason.END_OF_SPEECH));
    }

    @Test
    void keepsWhatIsLeftHoweverShortItIs() {
      detector = detector(Settings.DEFAULT.withMaxUtterance(1000), 0);
      speech(1020);
      silence(200);

      assertThat(heard.ended).hasSize(2);
      assertThat(heard.ended.get(1).clipStart()).isEqualTo(ms(1000));
      assertThat(heard.ended.get(1).speechEnd()).isEqualTo(ms(1020));
    }

    @Test
    void opensNothingWhenTheSpeechIsOver() {
      detector = detector(Settings.DEFAULT.withMaxUtterance(1000), 0);
      speech(1000);
      silence(1000);
      detector.endOfStream();

      assertThat(heard.ended).hasSize(1);
      assertThat(heard.ended.get(0).reason()).isEqualTo(EndReason.MAX_DURATION);
    }

    @Test
    void startsAfreshAfterASilence() {
      detector = detector(Settings.DEFAULT.withMaxUtterance(1000), 0);
      speech(1000);
      silence(1000);
      speech(100);

      assertThat(heard.started.get(1).clipStart()).isEqualTo(ms(1800));
    }

    @Test
    void countsThePreRollIn() {
      detector =
          detector(
              Settings.DEFAULT.withPreRoll(1000).withMinSpeech(1000).withMaxUtterance(1000), 0);
      silence(2000);
      speech(1000);

      assertThat(heard.ended.get(0).clipStart()).isEqualTo(ms(2000));
      assertThat(heard.ended.get(0).clipEnd()).isEqualTo(ms(3000));
    }
  }

  @Nested
  class ReportingProgress {
    @Test
    void comesEveryTenthOfASecondOutsideOfUtterances() {
      for (int i = 0; i < 50; i++) {
        silence(20);
      }

      assertThat(heard.progress).hasSize(10);
      assertThat(heard.progress).allMatch(progress -> progress.acknowledged().isEmpty());
    }

    @Test
    void comesEveryTenthOfASecondWithinOneLargeMessageToo() {
      silence(1000);

      assertThat(heard.progress).hasSize(10);
    }

    @Test
    void answersEveryMessageWithinAnUtterance() {
      speech(100);
      int before = heard.progress.size();
      for (int i = 0; i < 40; i++) {
        detector.hear(ShortBuffer.wrap(ones(8)));
      }

      assertThat(heard.progress).hasSize(before + 40);
    }

    @Test
    void acknowledgesSilenceUpToTheTrailingPaddingOnly() {
      detector = detector(Settings.DEFAULT.withSilence(500, 60), 0);
      speech(500);
      silence(40);
      assertThat(last().acknowledged()).isEqualTo(OptionalLong.of(ms(540)));
      silence(100);
      assertThat(last().acknowledged()).isEqualTo(OptionalLong.of(ms(560)));
      speech(20);

      assertThat(last().acknowledged()).isEqualTo(OptionalLong.of(ms(660)));
    }

    private Progress last() {
      return heard.progress.get(heard.progress.size() - 1);
    }
  }

  @Nested
  class Resuming {
    @Test
    void countsFromTheStartSample() {
      detector = detector(Settings.DEFAULT, ms(10_000));
      silence(1000);
      speech(100);

      assertThat(heard.started.get(0).speechStart()).isEqualTo(ms(11_000));
    }

    @Test
    void keepsTheFrameBordersOfTheSession() {
      detector = detector(Settings.DEFAULT, ms(10_000) + 5);
      detector.hear(ShortBuffer.wrap(new short[ms(20) - 5]));
      silence(980);
      speech(100);

      assertThat(heard.started.get(0).speechStart()).isEqualTo(ms(11_000));
    }

    @Test
    void hasNoPreRollFromBefore() {
      detector = detector(Settings.DEFAULT, ms(10_000));
      speech(100);

      assertThat(heard.started.get(0).clipStart()).isEqualTo(ms(10_000));
    }
  }

  @Test
  void roundsLengthsUpToWholeFrames() {
    detector = detector(Settings.DEFAULT.withFrame(30).withSilence(200, 100), 0);
    silence(900);
    speech(600);
    silence(210);

    SpeechEnded end = heard.ended.get(0);
    assertThat(end.clipStart()).isEqualTo(ms(900 - 210));
    assertThat(end.clipEnd()).isEqualTo(ms(1500 + 120));
    assertThat(end.decided()).isEqualTo(ms(1500 + 210));
  }

  @Test
  void closesItsJudge() {
    detector.close();

    assertThat(judge.closed).isEqualTo(1);
  }

  private Detector detector(Settings settings, long startSample) {
    return new Detector(settings.build(), RATE, startSample, judge, heard);
  }

  private void silence(int millis) {
    detector.hear(ShortBuffer.wrap(new short[ms(millis)]));
  }

  private void speech(int millis) {
    detector.hear(ShortBuffer.wrap(ones(ms(millis))));
  }

  private static short[] ones(int samples) {
    short[] audio = new short[samples];
    Arrays.fill(audio, (short) 1);
    return audio;
  }

  private static int ms(int millis) {
    return millis * 16;
  }
}
