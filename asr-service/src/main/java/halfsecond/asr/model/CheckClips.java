// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The synthesized clips of this package's resources (see the README beside them). */
final class CheckClips {
  private static final String FOLDER = "check-clips/";
  private static final int HEADER_BYTES = 44;
  private static final int SAMPLE_RATE_HERTZ = 16_000;

  private CheckClips() {}

  static List<Clip> load() throws IOException {
    String references = new String(resource("references.txt"), StandardCharsets.UTF_8);
    List<Clip> clips = new ArrayList<>();
    for (String line : references.lines().toList()) {
      int space = line.indexOf(' ');
      String name = line.substring(0, space);
      clips.add(new Clip(name, line.substring(space + 1), samples(resource(name + ".wav"))));
    }
    return List.copyOf(clips);
  }

  // Our own files: the canonical header and nothing else. A general reader would be code without a
  // use.
  private static ByteBuffer samples(byte[] wav) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    if (wav.length < HEADER_BYTES
        || buffer.getInt(24) != SAMPLE_RATE_HERTZ
        || buffer.getInt(40) != wav.length - HEADER_BYTES) {
      throw new IOException("a check clip is not a plain 16 kHz WAV file");
    }
    return buffer.position(HEADER_BYTES).slice();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = CheckClips.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException("resource " + FOLDER + name);
      }
      return in.readAllBytes();
    }
  }
}
