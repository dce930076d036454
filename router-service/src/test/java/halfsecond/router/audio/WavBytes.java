// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files, right and wrong ones, chunk by chunk. */
final class WavBytes {
  static final long REAL_SIZE = -1;

  private ByteString chunks = ByteString.EMPTY;
  private long riffSize = REAL_SIZE;

  WavBytes riffSize(long size) {
    riffSize = size;
    return this;
  }

  WavBytes format(int tag, int channels, int rate, int blockAlign, int bits) {
    return chunk("fmt ", plain(tag, channels, rate, blockAlign, bits));
  }

  WavBytes extensible(int tag, int rate, int bits, String guidEnd) {
    ByteString plain = plain(0xFFFE, 1, rate, bits / 8, bits);
    ByteBuffer extension = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    extension.putShort((short) 22).putShort((short) bits).putInt(4).putShort((short) tag).flip();
    ByteString guid = ByteString.fromHex(guidEnd);
    return chunk("fmt ", plain.concat(ByteString.copyFrom(extension)).concat(guid));
  }

  WavBytes data(ByteString audio) {
    return chunk("data", audio);
  }

  /** A chunk as it should be: the real size, and a zero byte after an odd one. */
  WavBytes chunk(String id, ByteString body) {
    chunk(id, body, body.size());
    return body.size() % 2 == 0 ? this : raw(ByteString.copyFrom(new byte[1]));
  }

  /** A chunk with any size in its header, and no padding. */
  WavBytes chunk(String id, ByteString body, long size) {
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    header.put(id.getBytes(StandardCharsets.US_ASCII)).putInt((int) size).flip();
    return raw(ByteString.copyFrom(header)).raw(body);
  }

  WavBytes raw(ByteString bytes) {
    chunks = chunks.concat(bytes);
    return this;
  }

  ByteString build() {
    ByteBuffer riff = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    riff.put("RIFF".getBytes(StandardCharsets.US_ASCII));
    riff.putInt((int) (riffSize == REAL_SIZE ? chunks.size() + 4 : riffSize));
    riff.put("WAVE".getBytes(StandardCharsets.US_ASCII)).flip();
    return ByteString.copyFrom(riff).concat(chunks);
  }

  private static ByteString plain(int tag, int channels, int rate, int blockAlign, int bits) {
    ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    body.putShort((short) tag).putShort((short) channels).putInt(rate).putInt(rate * blockAlign);
    body.putShort((short) blockAlign).putShort((short) bits).flip();
    return ByteString.copyFrom(body);
  }
}
