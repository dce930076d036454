// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.corpus.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A query cut into the messages that are sent: made once before the run, shared by every repetition
 * of the query. A message leaves when its last sample has been spoken.
 */
final class Utterance {
  private static final long SAMPLE_NANOS = 62_500;

  private final Query query;
  private final List<ByteString> chunks;
  private final long chunkNanos;
  private final long lastEndNanos;
  private final int endOfSpeech;

  private Utterance(Query query, List<ByteString> chunks, long chunkNanos, long lastEndNanos) {
    this.query = query;
    this.chunks = chunks;
    this.chunkNanos = chunkNanos;
    this.lastEndNanos = lastEndNanos;
    long speech = query.speechEnd().toNanos();
    this.endOfSpeech = (int) Math.min(chunks.size() - 1L, Math.max(0, (speech - 1) / chunkNanos));
  }

  /**
   * For a server that finds the end itself: the clip as it is, then room tone, for as long as
   * anybody would wait.
   */
  static Utterance openMicrophone(Query query, DriveSettings settings) {
    long chunk = settings.chunk().toNanos();
    long wanted = query.speechEnd().plus(settings.patience()).toNanos();
    long whole = (wanted + chunk - 1) / chunk * chunk;
    return cut(query, chunk, whole);
  }

  /** For a client that stops by itself: up to the endpointing wait after the end of speech. */
  static Utterance endedByClient(Query query, DriveSettings settings) {
    Duration end = query.speechEnd().plus(settings.endpointing());
    long wanted = end.toNanos() / SAMPLE_NANOS * SAMPLE_NANOS;
    return cut(query, settings.chunk().toNanos(), wanted);
  }

  Query query() {
    return query;
  }

  int count() {
    return chunks.size();
  }

  ByteString chunk(int index) {
    return chunks.get(index);
  }

  /** When a chunk is due, from the start of the audio. */
  long dueNanos(int index) {
    return index == chunks.size() - 1 ? lastEndNanos : (index + 1) * chunkNanos;
  }

  /** The chunk that holds the end of speech. */
  int endOfSpeech() {
    return endOfSpeech;
  }

  private static Utterance cut(Query query, long chunkNanos, long totalNanos) {
    int chunkBytes = bytes(chunkNanos);
    int total = bytes(totalNanos);
    ByteString audio = query.audio();
    List<ByteString> chunks = new ArrayList<>();
    for (int from = 0; from < total; from += chunkBytes) {
      int until = Math.min(total, from + chunkBytes);
      if (until <= audio.size()) {
        chunks.add(audio.substring(from, until));
      } else if (from >= audio.size()) {
        chunks.add(RoomTone.of(from, until - from));
      } else {
        ByteString rest = audio.substring(from);
        chunks.add(rest.concat(RoomTone.of(audio.size(), until - audio.size())));
      }
    }
    return new Utterance(query, List.copyOf(chunks), chunkNanos, totalNanos);
  }

  private static int bytes(long nanos) {
    return Math.toIntExact(nanos / SAMPLE_NANOS * 2);
  }
}
