// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.Attempts;
import halfsecond.monitor.record.AudioFormat;
import halfsecond.monitor.record.Clip;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.ClipStatistics;
import halfsecond.monitor.record.Cohort;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.ModelChoice;
import halfsecond.monitor.record.Origin;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.Recognition;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.TextShape;
import halfsecond.monitor.record.TrafficClass;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Records as a consumer product would send them: users with their own voices and phones, several
 * utterances in a session, busy evenings and quiet nights; and what somebody did to them.
 */
final class SimulatedTraffic {
  static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  static final String CUT_SHORT = "Nova 12";

  private static final double DAY_RECORDS = 20_000;
  private static final double UTTERANCES_A_SESSION = 2.5;
  private static final int DAY_SECONDS = 86_400;
  private static final List<String> DEVICES =
      List.of("Nova 11", CUT_SHORT, "Opal S", "Opal XL", "Kite", "web");
  private static final double[] DEVICE_SHARES = {0.3, 0.15, 0.25, 0.12, 0.08, 0.1};

  private final Random random;
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparing(turn -> turn.user().id()));
  private long users;
  private long utterances;

  /** What is different from the ordinary. All factors 1 and all differences 0 in ordinary times. */
  record Changes(
      boolean hangoverCut,
      double levelDecibels,
      double nulls,
      String model,
      double speechLength,
      double children,
      double traffic) {
    static final Changes NONE = new Changes(false, 0, 1, "en-small@2", 1, 0.06, 1);
  }

  /** What is different when. */
  interface Schedule {
    Changes at(Instant now);
  }

  private record User(long id, double pitch, double level, String device, Cohort cohort) {}

  private record Turn(Instant at, User user, int number) {}

  SimulatedTraffic(long seed) {
    random = new Random(seed);
  }

  /** Sends the records of {@code days} days in the order of their events. */
  void run(int days, Schedule schedule, Consumer<UtteranceRecord> sink) {
    for (int second = 0; second < days * DAY_SECONDS; second += 10) {
      Instant now = START.plusSeconds(second);
      Changes changes = schedule.at(now);
      double sessions =
          DAY_RECORDS / UTTERANCES_A_SESSION * share(second % DAY_SECONDS) * 10 * changes.traffic();
      for (int i = poisson(sessions); i > 0; i--) {
        waiting.add(new Turn(now.plusMillis(random.nextInt(10_000)), user(changes), 1));
      }
      Instant end = now.plusSeconds(10);
      while (!waiting.isEmpty() && waiting.peek().at().isBefore(end)) {
        Turn turn = waiting.poll();
        sink.accept(utterance(turn, schedule.at(turn.at())));
        if (random.nextDouble() < 1 - 1 / UTTERANCES_A_SESSION) {
          long pause = 4_000L + random.nextInt(16_000);
          waiting.add(new Turn(turn.at().plusMillis(pause), turn.user(), turn.number() + 1));
        }
      }
    }
  }

  /** Whether hardly anybody speaks at that time. */
  static boolean night(Instant at) {
    return night(hour(Math.floorMod(at.getEpochSecond(), DAY_SECONDS)));
  }

  private static boolean night(double hour) {
    return hour > 0.5 && hour < 5.5;
  }

  private static double hour(int secondOfDay) {
    return secondOfDay / 3_600.0;
  }

  /** The share of a day's sessions that begins in this second: little at four, most at twenty. */
  private static double share(int secondOfDay) {
    double hour = hour(secondOfDay);
    double wave = 1 + 0.75 * Math.cos((hour - 19.5) / 24 * 2 * Math.PI);
    return wave * (night(hour) ? 0.15 : 1) / 0.919 / DAY_SECONDS;
  }

  private User user(Changes changes) {
    double who = random.nextDouble();
    double pitch;
    if (who < changes.children()) {
      pitch = 275 + 28 * random.nextGaussian();
    } else if (who < changes.children() + (1 - changes.children()) / 2) {
      pitch = 205 + 24 * random.nextGaussian();
    } else {
      pitch = 122 + 18 * random.nextGaussian();
    }
    double chance = random.nextDouble();
    int device = 0;
    while (device < DEVICES.size() - 1 && chance >= DEVICE_SHARES[device]) {
      chance -= DEVICE_SHARES[device++];
    }
    String region = List.of("eu", "us", "in").get(random.nextInt(3));
    Cohort cohort =
        new Cohort(
            "", random.nextInt(4) == 0 ? "8.1" : "8.2", DEVICES.get(device), region, "consumer");
    double level = -27 + 4.5 * random.nextGaussian();
    return new User(users++, Math.max(70, pitch), level, DEVICES.get(device), cohort);
  }

  private UtteranceRecord utterance(Turn turn, Changes changes) {
    User user = turn.user();
    boolean cut = changes.hangoverCut() && user.device().equals(CUT_SHORT);
    double hour = Duration.between(START, turn.at()).toSeconds() % DAY_SECONDS / 3_600.0;
    double evening = Math.cos((hour - 21) / 24 * 2 * Math.PI);
    double speech =
        changes.speechLength()
            * 1.7
            * (1 + 0.06 * evening)
            * Math.exp(0.45 * random.nextGaussian())
            * (cut && random.nextDouble() < 0.3 ? 0.5 : 1);
    speech = Math.min(20, Math.max(0.2, speech));
    double lead = bounded(0.2 + 0.03 * random.nextGaussian(), 0.02, 0.6);
    double trail = bounded((cut ? 0.05 : 0.12) + 0.02 * random.nextGaussian(), 0, 0.6);
    double clip = lead + speech + trail;
    double level =
        bounded(user.level() + changes.levelDecibels() + 2 * random.nextGaussian(), -95, -1);
    double peak = bounded(level + 14 + 2 * random.nextGaussian(), level, 0);
    double noise = 21 + 5 * random.nextGaussian() + changes.levelDecibels() / 4 - 1.5 * evening;
    double nulls =
        (speech < 0.75 ? 0.097 : 0.0151)
            * (1 + 0.15 * evening)
            * changes.nulls()
            * (noise < 12 ? 2 : 1);
    boolean empty = random.nextDouble() < nulls;
    double confidence =
        bounded(0.91 + 0.002 * (noise - 21) + 0.06 * random.nextGaussian(), 0.05, 1);
    int words = Math.max(1, (int) Math.round(speech * (2.7 + 0.5 * random.nextGaussian())));
    TextShape text =
        empty
            ? new TextShape(true, false, null, 0, null)
            : new TextShape(false, false, confidence, words, Math.min(100, words / speech));
    return new UtteranceRecord(
        new RecordId("u" + utterances++, RecordId.FIRST),
        new Origin(
            "s" + user.id(),
            turn.at(),
            turn.number(),
            user.cohort(),
            TrafficClass.LIVE,
            new AudioFormat(AudioFormat.Encoding.LINEAR16, 16_000)),
        new ModelChoice(changes.model(), "latest-loaded", 1, "", "", false),
        new Clip(
            new ClipLength(seconds(clip), seconds(speech)),
            new ClipStatistics(
                bounded(speech / clip * (0.9 + 0.04 * random.nextGaussian()), 0, 1),
                new ClipStatistics.Levels(level, peak, peak > -0.5 ? 0.002 : 0),
                seconds(lead),
                seconds(trail),
                new ClipStatistics.Voice(
                    noise,
                    bounded(user.pitch() * (1 + 0.04 * random.nextGaussian()), 60, 500),
                    bounded(900 + 2.4 * user.pitch() + 160 * random.nextGaussian(), 100, 8_000))),
            null),
        new LatencyInstants(
            Duration.ofMillis(202),
            Duration.ofMillis(204),
            Duration.ofMillis(230),
            Duration.ofMillis(231),
            Duration.ofMillis(500),
            null,
            null),
        new Outcome.Final(Finality.END_OF_SPEECH, false, text),
        new Recognition(null, null, new Attempts(1, List.of())),
        "");
  }

  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  private static double bounded(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
