// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.UtteranceRecord;
import java.util.OptionalDouble;

/**
 * One thing about utterances that is watched for change.
 *
 * @param metric its name, e.g. {@code vad.clip_seconds}
 * @param stage that is to blame when it moves and nothing before it did
 * @param role where it stands in the order of causes
 * @param kind what its values are
 * @param unit UCUM
 * @param notable the smallest change worth an alarm: of a {@link Kind#LEVEL} in standard deviations
 *     of the reference, of a {@link Kind#RATE} as a share of the reference's rate
 * @param grain the smallest standard deviation that counts, in the unit: where all values are the
 *     same, any other value would be infinitely far away
 * @param reading takes it from a record; empty where the record does not say
 */
public record Watched(
    String metric,
    Stage stage,
    Role role,
    Kind kind,
    String unit,
    double notable,
    double grain,
    Reading reading) {
  /** What the values are. */
  public enum Kind {
    /** A measurement whose distribution may move. */
    LEVEL,
    /** 1 for an event, 0 for none. */
    RATE
  }

  /**
   * What may cause what: a change of one role explains changes of all that follow it, never the
   * other way round.
   */
  public enum Role {
    /** Where the detector begins and ends a clip. Hardly anything moves it but the detector. */
    CUT,
    /** What the microphone heard. */
    AUDIO,
    /** How long people speak. */
    SPEECH,
    /** What follows from the lengths. */
    SHAPE,
    /** What recognition made of it. */
    OUTCOME,
    /** What users did with that. */
    REACTION
  }

  /** Takes a value from a record. */
  public interface Reading {
    OptionalDouble of(UtteranceRecord utterance);
  }
}
