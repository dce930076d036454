// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import halfsecond.common.audio.Audio16k;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns one session's audio bytes into 16 kHz 16-bit mono. Sample {@code k} of everything returned
 * is the client's audio at exactly {@code k / 16000} seconds, and the same audio gives the same
 * samples however it is cut into messages. 16 kHz LINEAR16 passes through untouched; everything
 * else is returned in buffers of its own. Other rates come out {@link #lookAhead} late: the last
 * few milliseconds are returned by later calls or by {@link #finish}. Not thread-safe; holds no
 * resources.
 */
public final class AudioDecoder {
  private final AudioFormat format;
  private final SampleReader reader;
  private final @Nullable Resampler resampler;
  private final Duration lookAhead;
  private long clientSamples;
  private long samples;
  private boolean finished;

  /** A decoder at the first sample of a session. */
  public AudioDecoder(AudioFormat format) {
    this.format = format;
    this.reader = new SampleReader(format.encoding());
    if (format.sampleRate().equals(SampleRate.INNER)) {
      this.resampler = null;
      this.lookAhead = Duration.ZERO;
    } else {
      FilterBank bank = FilterBanks.get(format.sampleRate());
      this.resampler = new Resampler(bank);
      this.lookAhead = new ClientTimeline(format.sampleRate()).durationOf(bank.halfTaps());
    }
  }

  /**
   * Takes the next bytes, of any length, and returns the samples that have become known,
   * little-endian; possibly none.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  public ByteString decode(ByteString bytes) {
    if (finished) {
      throw new IllegalStateException("The audio has been finished");
    }
    if (passesThrough(bytes)) {
      int count = bytes.size() / Audio16k.BYTES_PER_SAMPLE;
      clientSamples += count;
      samples += count;
      return bytes;
    }
    short[] read = reader.read(bytes);
    clientSamples += read.length;
    return output(resampler == null ? read : resampler.push(read));
  }

  /**
   * The audio is complete: returns the samples still inside, so that {@code n} client samples have
   * become {@code round(n * 16000 / rate)} in all. The second and later calls return nothing.
   *
   * @throws halfsecond.common.error.SpeechException with AUDIO_INVALID when the last sample lacks a
   *     byte
   */
  public ByteString finish() {
    if (reader.pending()) {
      throw InvalidAudio.because("The audio has an odd number of bytes; 16-bit samples take two");
    }
    boolean first = !finished;
    finished = true;
    return first && resampler != null ? output(resampler.flush()) : ByteString.EMPTY;
  }

  /** What the client's bytes mean. */
  public AudioFormat format() {
    return format;
  }

  /** Whole samples taken from the client so far. */
  public long clientSamples() {
    return clientSamples;
  }

  /** Samples at 16 kHz returned so far, and so the index of the next one. */
  public long samples() {
    return samples;
  }

  /** How much audio after a moment is needed before its sample can be returned. Zero at 16 kHz. */
  public Duration lookAhead() {
    return lookAhead;
  }

  /** Positions of this session in the client's own audio. */
  public ClientTimeline timeline() {
    return new ClientTimeline(format.sampleRate());
  }

  private boolean passesThrough(ByteString bytes) {
    return format.equals(AudioFormat.INNER)
        && !reader.pending()
        && bytes.size() % Audio16k.BYTES_PER_SAMPLE == 0;
  }

  private ByteString output(short[] known) {
    samples += known.length;
    return UnsafeByteOperations.unsafeWrap(Audio16k.toBytes(known));
  }
}
