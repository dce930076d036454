// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.audio.AudioFiles;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.WireFormat;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How files are to be read. */
final class AudioOptions {

  /** Encodings of files without a header. */
  enum Encoding {
    LINEAR16(AudioEncoding.AUDIO_ENCODING_LINEAR16),
    MULAW(AudioEncoding.AUDIO_ENCODING_MULAW),
    ALAW(AudioEncoding.AUDIO_ENCODING_ALAW);

    private final AudioEncoding wire;

    Encoding(AudioEncoding wire) {
      this.wire = wire;
    }
  }

  @Option(
      names = "--raw",
      description =
          "The files hold samples only, no WAV header. Needs --encoding and --rate to be right.")
  private boolean raw;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = "LINEAR16",
      description =
          "With --raw: ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE} (16-bit little-endian).")
  private Encoding encoding = Encoding.LINEAR16;

  @Option(
      names = "--rate",
      paramLabel = "HERTZ",
      defaultValue = "16000",
      description = "With --raw: samples a second, 8000 to 48000. Default ${DEFAULT-VALUE}.")
  private int rate;

  AudioSource open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCode.NO_INPUT, file + " is a folder");
    }
    return raw ? AudioFiles.raw(file, format()) : AudioFiles.wav(file);
  }

  private WireFormat format() {
    if (rate < 8_000 || rate > 48_000) {
      throw new CommandFailure(ExitCode.USAGE, "--rate must be 8000 to 48000, not " + rate);
    }
    return new WireFormat(encoding.wire, rate);
  }
}
