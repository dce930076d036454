// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import java.time.Duration;

/**
 * How audio is sent.
 *
 * @param piece audio a message; 10 ms to 1 s
 * @param pace when a piece leaves
 * @param tail silence sent after the audio, as from a microphone that stays open
 * @param limit audio that is sent at most, tail not counted
 * @param patience how long to wait for the last answer after the last audio
 */
public record StreamOptions(
    Duration piece, Pace pace, Duration tail, Duration limit, Duration patience) {

  /** A session may last 290 s; this leaves room for a tail. */
  public static final Duration LONGEST = Duration.ofSeconds(280);

  private static final Duration PIECE = Duration.ofMillis(40);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Checks the values. */
  public StreamOptions {
    if (piece.toMillis() < 10 || piece.toMillis() > 1000) {
      throw new IllegalArgumentException("a piece is 10 to 1000 ms of audio, not " + piece);
    }
  }

  /**
   * Like a live microphone: 40 ms a message, each when it was spoken, open for 600 ms after the
   * end.
   */
  public static StreamOptions live() {
    return new StreamOptions(PIECE, Pace.realTime(), Duration.ofMillis(600), LONGEST, PATIENCE);
  }

  /** As fast as the server takes it, nothing added. */
  public static StreamOptions fast() {
    return new StreamOptions(PIECE, Pace.unlimited(), Duration.ZERO, LONGEST, PATIENCE);
  }

  /** The same at another pace. */
  public StreamOptions withPace(Pace other) {
    return new StreamOptions(piece, other, tail, limit, patience);
  }

  /** The same with another tail. */
  public StreamOptions withTail(Duration silence) {
    return new StreamOptions(piece, pace, silence, limit, patience);
  }

  /** The same with another limit. */
  public StreamOptions withLimit(Duration audio) {
    return new StreamOptions(piece, pace, tail, audio, patience);
  }
}
