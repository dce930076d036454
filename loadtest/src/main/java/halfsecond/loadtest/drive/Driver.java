// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Ticker;
import halfsecond.loadtest.corpus.Corpus;
import halfsecond.loadtest.drive.OpenQuery.Intent;
import halfsecond.loadtest.schedule.Schedule;
import halfsecond.loadtest.schedule.Schedule.Arrival;
import halfsecond.loadtest.targets.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Sets runs off. Holds nothing between them but the audio, cut into messages once. */
public final class Driver {
  /** Threads and streams are warm by the time that the first query is due. */
  private static final Duration LEAD = Duration.ofMillis(100);

  private final DriveSettings settings;
  private final Target target;
  private final List<Utterance> utterances;

  /** Neither opens nor closes {@code target}. */
  public Driver(DriveSettings settings, Target target, Corpus corpus) {
    this.settings = settings;
    this.target = target;
    this.utterances =
        corpus.queries().stream()
            .map(
                query ->
                    target.serverFindsEnd()
                        ? Utterance.openMicrophone(query, settings)
                        : Utterance.endedByClient(query, settings))
            .toList();
  }

  /**
   * Begins a run; returns at once.
   *
   * @param schedule drawn for a corpus of this size
   * @param sink told the outcome of every query, on any thread, in the order of the endings; must
   *     not block
   */
  public Drive start(Schedule schedule, Consumer<Outcome> sink) {
    Ticker ticker = System::nanoTime;
    long origin = ticker.nanos() + LEAD.toNanos();
    Drive drive = new Drive(origin, sink);
    int threads = Math.min(settings.threads(), Math.max(1, schedule.arrivals().size()));
    List<List<OpenQuery>> shares = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      shares.add(new ArrayList<>());
    }
    int number = 0;
    for (Arrival arrival : schedule.arrivals()) {
      Intent intent =
          new Intent(
              number, utterances.get(arrival.query()), origin, origin + arrival.startNanos());
      shares
          .get(number % threads)
          .add(new OpenQuery(intent, settings, target.serverFindsEnd(), ticker, drive::ended));
      number++;
    }
    ThreadFactory factory = NamedThreads.factory("pace");
    for (List<OpenQuery> share : shares) {
      drive.pace(new PacingLoop(ticker, target, share, drive::started), factory);
    }
    return drive;
  }
}
