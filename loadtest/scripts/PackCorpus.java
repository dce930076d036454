// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs spoken queries into the resources of the built-in corpus: the second half of make-corpus.sh.
 * Trims the silence around the speech, joins parts with a short pause, sets the level, and writes
 * IMA ADPCM, four bits a sample, into files of at most 2 MB beside an index.
 */
final class PackCorpus {
  private static final int RATE = 16_000;
  private static final int FRAME = RATE / 100;
  private static final int MARGIN = 3 * FRAME;
  private static final int PAUSE = RATE * 90 / 1000;
  private static final int MOST_BYTES = 2_000_000;
  /** Frames this far below the loudest one are silence. */
  private static final double SILENCE_DB = -42;
  /** No sample comes nearer to full scale, -3 dBFS. */
  private static final double HIGHEST_PEAK = 0.708 * 32_768;

  private static final int[] STEPS = steps();
  private static final int[] MOVES = {-1, -1, -1, -1, 2, 4, 6, 8};

  private final Path target;
  private final List<String> index = new ArrayList<>();
  private ByteArrayOutputStream part = new ByteArrayOutputStream();
  private int parts = 1;

  private PackCorpus(Path target) {
    this.target = target;
  }

  public static void main(String[] args) throws IOException {
    Path work = Path.of(args[0]);
    PackCorpus pack = new PackCorpus(Path.of(args[1]));
    Files.createDirectories(pack.target);
    for (String line : Files.readAllLines(work.resolve("list"))) {
      String[] fields = line.split(" ", 4);
      pack.add(work, fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3]);
    }
    pack.finish();
  }

  private void add(Path work, String name, int levelDbfs, int pieces, String text) throws IOException {
    short[] speech = new short[0];
    for (int piece = 1; piece <= pieces; piece++) {
      short[] next = trimmed(read(work.resolve(name + "-" + piece + ".wav")));
      int from = speech.length == 0 ? 0 : speech.length + PAUSE;
      speech = Arrays.copyOf(speech, from + next.length);
      System.arraycopy(next, 0, speech, from, next.length);
    }
    byte[] packed = encode(levelled(speech, levelDbfs));
    if (part.size() + packed.length > MOST_BYTES) {
      writePart();
    }
    index.add(name + " " + parts + " " + part.size() + " " + speech.length + " " + text.strip());
    part.write(packed);
  }

  private void finish() throws IOException {
    writePart();
    Files.writeString(target.resolve("builtin.txt"), String.join("\n", index) + "\n");
  }

  private void writePart() throws IOException {
    Files.write(target.resolve("builtin-" + parts + ".adpcm"), part.toByteArray());
    part = new ByteArrayOutputStream();
    parts++;
  }

  private static short[] read(Path wav) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
    if (file.getInt(24) != RATE || file.getShort(22) != 1 || file.getShort(34) != 16) {
      throw new IOException(wav + " is not 16 kHz 16-bit mono");
    }
    ShortBuffer samples = file.position(44).slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] audio = new short[samples.remaining()];
    samples.get(audio);
    return audio;
  }

  private static short[] trimmed(short[] audio) {
    double loudest = 0;
    for (int at = 0; at + FRAME <= audio.length; at += FRAME) {
      loudest = Math.max(loudest, power(audio, at));
    }
    double silence = loudest * Math.pow(10, SILENCE_DB / 10);
    int first = audio.length;
    int end = 0;
    for (int at = 0; at + FRAME <= audio.length; at += FRAME) {
      if (power(audio, at) > silence) {
        first = Math.min(first, at);
        end = at + FRAME;
      }
    }
    return Arrays.copyOfRange(
        audio, Math.max(0, first - MARGIN), Math.min(audio.length, end + MARGIN));
  }

  private static double power(short[] audio, int from) {
    double sum = 0;
    for (int i = from; i < from + FRAME; i++) {
      sum += (double) audio[i] * audio[i];
    }
    return sum / FRAME;
  }

  private static short[] levelled(short[] audio, int dbfs) {
    double squares = 0;
    int peak = 1;
    for (short sample : audio) {
      squares += (double) sample * sample;
      peak = Math.max(peak, Math.abs((int) sample));
    }
    double rms = Math.sqrt(squares / audio.length);
    double gain = Math.min(Math.pow(10, dbfs / 20.0) * 32_768 / rms, HIGHEST_PEAK / peak);
    short[] out = new short[audio.length];
    for (int i = 0; i < audio.length; i++) {
      out[i] = (short) Math.round(audio[i] * gain);
    }
    return out;
  }

  private static byte[] encode(short[] audio) {
    byte[] out = new byte[(audio.length + 1) / 2];
    int predicted = 0;
    int index = 0;
    for (int i = 0; i < audio.length; i++) {
      int step = STEPS[index];
      int difference = audio[i] - predicted;
      int code = difference < 0 ? 8 : 0;
      int rest = Math.abs(difference);
      int change = step >> 3;
      for (int bit = 4, part = step; bit > 0; bit >>= 1, part >>= 1) {
        if (rest >= part) {
          code |= bit;
          rest -= part;
          change += part;
        }
      }
      predicted += (code & 8) == 0 ? change : -change;
      predicted = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, predicted));
      index = Math.max(0, Math.min(STEPS.length - 1, index + MOVES[code & 7]));
      out[i / 2] |= (byte) (i % 2 == 0 ? code : code << 4);
    }
    return out;
  }

  /** The 89 steps of the IMA's recommended practices (1992). */
  private static int[] steps() {
    return new int[] {
      7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66,
      73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449,
      494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272,
      2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442,
      11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767
    };
  }
}
