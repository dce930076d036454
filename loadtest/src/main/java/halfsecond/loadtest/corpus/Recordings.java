// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import com.google.protobuf.ByteString;
import halfsecond.common.error.SpeechException;
import halfsecond.router.audio.AudioDecoder;
import halfsecond.router.audio.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes queries of recordings. */
final class Recordings {
  private Recordings() {}

  /**
   * A query of a WAV file, mono, 8 to 48 kHz.
   *
   * @throws IOException naming the file, if it cannot be used and why
   */
  static Query read(String name, Path file, String transcript) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("there is no " + file + ", which the transcripts name");
    }
    try {
      WavFile wav = WavFile.parse(ByteString.copyFrom(Files.readAllBytes(file)));
      AudioDecoder decoder = new AudioDecoder(wav.format());
      ByteString audio = decoder.decode(wav.audio());
      return query(name, audio.concat(decoder.finish()), transcript);
    } catch (SpeechException unusable) {
      throw new IOException(file + " cannot be used: " + unusable.text(), unusable);
    }
  }

  /**
   * A query of 16 kHz audio.
   *
   * @throws IOException if nobody speaks in it
   */
  static Query query(String name, ByteString audio, String transcript) throws IOException {
    // One array: the driver cuts chunks out of it.
    ByteString whole = ByteString.copyFrom(audio.toByteArray());
    Optional<Duration> end = SpeechEnds.find(whole);
    return new Query(
        name,
        whole,
        transcript,
        end.orElseThrow(() -> new IOException("no speech is heard in " + name)),
        Optional.empty());
  }
}
