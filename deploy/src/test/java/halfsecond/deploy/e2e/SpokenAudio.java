// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import com.google.protobuf.ByteString;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import halfsecond.router.audio.AudioDecoder;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.audio.Encoding;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * The same speech in the formats that clients send, converted by arithmetic that shares nothing
 * with the router's.
 */
final class SpokenAudio {

  private static final int INNER_RATE = 16_000;
  private static final int HALF_WIDTH = 32;
  private static final int MULAW_BIAS = 0x84;
  private static final int MULAW_CLIP = 32_635;

  private SpokenAudio() {}

  /** 16 kHz samples as a client would send them in {@code format}. */
  static AudioSource in(WireFormat format, short[] samples) {
    short[] resampled = resample(samples, INNER_RATE, format.sampleRate());
    return AudioSource.of(format, encode(format.encoding(), resampled));
  }

  /**
   * What a recognizer could at best get of it: to the client's rate and encoding, and back to 16
   * kHz.
   */
  static short[] heardThrough(WireFormat format, short[] samples) {
    short[] resampled = resample(samples, INNER_RATE, format.sampleRate());
    if (format.encoding() == AudioEncoding.AUDIO_ENCODING_MULAW) {
      for (int i = 0; i < resampled.length; i++) {
        resampled[i] = muLawDecoded(muLaw(resampled[i]));
      }
    }
    return resample(resampled, format.sampleRate(), INNER_RATE);
  }

  /** What the router makes of it: the whole of {@code sent} through its door. */
  static short[] decodedByTheDoor(WireFormat format, AudioSource sent) throws IOException {
    AudioDecoder door =
        new AudioDecoder(
            AudioFormat.of(
                format.encoding() == AudioEncoding.AUDIO_ENCODING_MULAW
                    ? Encoding.MULAW
                    : Encoding.LINEAR16,
                format.sampleRate()));
    try (InputStream audio = sent.open(0)) {
      ByteString decoded = door.decode(ByteString.readFrom(audio)).concat(door.finish());
      short[] samples = new short[decoded.size() / 2];
      decoded.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
      return samples;
    }
  }

  /**
   * Windowed-sinc interpolation. Output instants fall between input samples in as many ways as the
   * ratio has steps; the weights of each are evaluated once.
   */
  static short[] resample(short[] samples, int from, int to) {
    if (from == to) {
      return samples.clone();
    }
    int phases = to / BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    Kernel[] kernels = new Kernel[phases];
    for (int phase = 0; phase < phases; phase++) {
      kernels[phase] = new Kernel((double) ((long) phase * from % to) / to, from, to);
    }
    short[] out = new short[(int) ((long) samples.length * to / from)];
    for (int k = 0; k < out.length; k++) {
      double sum = kernels[k % phases].sum(samples, (int) ((long) k * from / to));
      out[k] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }
    return out;
  }

  /** Weights of the samples around an instant. */
  private static final class Kernel {
    /** The first weight's place, from the last sample before the instant. */
    private final int first;

    private final double[] weights;

    /**
     * @param fraction of a sample after the last one before the instant
     */
    Kernel(double fraction, int from, int to) {
      double cutoff = Math.min(1.0, 0.95 * to / from);
      double reach = HALF_WIDTH / cutoff;
      first = (int) Math.ceil(fraction - reach);
      weights = new double[(int) Math.floor(fraction + reach) - first + 1];
      for (int i = 0; i < weights.length; i++) {
        double distance = first + i - fraction;
        double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / reach);
        weights[i] = cutoff * sinc(cutoff * distance) * window;
      }
    }

    double sum(short[] samples, int at) {
      double sum = 0;
      int start = Math.max(0, -at - first);
      int end = Math.min(weights.length, samples.length - at - first);
      for (int i = start; i < end; i++) {
        sum += samples[at + first + i] * weights[i];
      }
      return sum;
    }
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static byte[] encode(AudioEncoding encoding, short[] samples) {
    if (encoding == AudioEncoding.AUDIO_ENCODING_MULAW) {
      byte[] bytes = new byte[samples.length];
      for (int i = 0; i < samples.length; i++) {
        bytes[i] = muLaw(samples[i]);
      }
      return bytes;
    }
    return littleEndian(samples);
  }

  static byte[] littleEndian(short[] samples) {
    byte[] bytes = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      bytes[2 * i] = (byte) samples[i];
      bytes[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return bytes;
  }

  /** G.711 mu-law, by its definition. */
  private static byte muLaw(short sample) {
    int sign = sample < 0 ? 0x80 : 0;
    int magnitude = Math.min(Math.abs((int) sample), MULAW_CLIP) + MULAW_BIAS;
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
    int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
    return (byte) ~(sign | (exponent << 4) | mantissa);
  }

  private static short muLawDecoded(byte code) {
    int bits = ~code & 0xFF;
    int exponent = (bits >> 4) & 7;
    int magnitude = ((((bits & 0x0F) << 3) + MULAW_BIAS) << exponent) - MULAW_BIAS;
    return (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
  }
}
