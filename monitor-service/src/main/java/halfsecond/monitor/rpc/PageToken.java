// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.store.Position;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.window.TimeSpan;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * What goes on where a page ended: the same question, so its span is fixed by the first page, and
 * the position. Opaque to callers.
 *
 * @param question a fingerprint of what is asked, page size and token aside
 */
record PageToken(int question, TimeSpan span, Position position) {
  private static final byte VERSION = 1;
  private static final int BYTES =
      1 + Integer.BYTES + 2 * (Long.BYTES + Integer.BYTES) + 3 * Long.BYTES;

  String encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(VERSION).putInt(question);
    put(bytes, span.start());
    put(bytes, span.end());
    bytes.putLong(position.horizon()).putLong(position.eventTime()).putLong(position.sequence());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads the token of a request that has one.
   *
   * @throws SpeechException {@code FIELD_INVALID} if it is none, or of another question
   */
  static PageToken of(ListUtterancesRequest request) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(request.getPageToken()));
      if (bytes.remaining() == BYTES && bytes.get() == VERSION) {
        int question = bytes.getInt();
        TimeSpan span = new TimeSpan(instant(bytes), instant(bytes));
        Position position = new Position(bytes.getLong(), bytes.getLong(), bytes.getLong());
        if (question == fingerprint(request)) {
          return new PageToken(question, span, position);
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Not one of ours: said below.
    }
    throw SpeechException.fieldInvalid(
        "page_token", "next_page_token of an answer to the same request");
  }

  /** What is asked, whichever page of it. */
  static int fingerprint(ListUtterancesRequest request) {
    byte[] question = request.toBuilder().clearPageSize().clearPageToken().build().toByteArray();
    return Arrays.hashCode(question);
  }

  private static void put(ByteBuffer bytes, Instant time) {
    bytes.putLong(time.getEpochSecond()).putInt(time.getNano());
  }

  private static Instant instant(ByteBuffer bytes) {
    return Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
  }
}
