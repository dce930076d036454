// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

/**
 * Decodes IMA ADPCM, four bits a sample with the lower half of a byte first, from silence on
 * (Recommended Practices for Enhancing Digital Audio Compatibility, IMA 1992): the form in which
 * the built-in corpus is stored.
 */
final class ImaAdpcm {
  private static final int[] STEPS = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73,
    80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494,
    544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499,
    2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442,
    11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767
  };
  private static final int[] MOVES = {-1, -1, -1, -1, 2, 4, 6, 8};

  private ImaAdpcm() {}

  /** Decodes {@code samples} samples from {@code packed[offset..]}. */
  static short[] decode(byte[] packed, int offset, int samples) {
    short[] audio = new short[samples];
    int predicted = 0;
    int index = 0;
    for (int i = 0; i < samples; i++) {
      int code = (packed[offset + i / 2] >> (i % 2 == 0 ? 0 : 4)) & 0xf;
      int step = STEPS[index];
      int change = step >> 3;
      change += (code & 4) == 0 ? 0 : step;
      change += (code & 2) == 0 ? 0 : step >> 1;
      change += (code & 1) == 0 ? 0 : step >> 2;
      predicted += (code & 8) == 0 ? change : -change;
      predicted = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, predicted));
      index = Math.max(0, Math.min(STEPS.length - 1, index + MOVES[code & 7]));
      audio[i] = (short) predicted;
    }
    return audio;
  }
}
