// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.corpus;

import com.google.protobuf.UnsafeByteOperations;
import halfsecond.common.audio.Audio16k;
import halfsecond.common.audio.Levels;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two hundred everyday voice queries, synthesized with flite in four voices at several speeds,
 * pitches and levels, so that a load test needs no other data. {@code scripts/make-corpus.sh} made
 * them. The speech is stored without the silence around it, which is added here together with a
 * faint noise floor, always the same.
 */
final class BuiltinCorpus {
  static final String NAME = "builtin";
  static final Duration LEAD = Duration.ofMillis(300);
  static final Duration TRAIL = Duration.ofMillis(400);

  /** Of the noise floor: a quiet room. */
  private static final double NOISE_DBFS = -68;

  private final Map<String, byte[]> parts = new HashMap<>();

  private BuiltinCorpus() {}

  static Corpus read() throws IOException {
    return new BuiltinCorpus().corpus();
  }

  private Corpus corpus() throws IOException {
    List<Query> queries = new ArrayList<>();
    String index = new String(resource("builtin.txt"), StandardCharsets.UTF_8);
    for (String line : index.lines().toList()) {
      String[] fields = line.split(" ", 5);
      byte[] packed = part("builtin-" + fields[1] + ".adpcm");
      short[] speech =
          ImaAdpcm.decode(packed, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
      short[] audio = inARoom(speech, queries.size());
      queries.add(
          Recordings.query(
              fields[0],
              UnsafeByteOperations.unsafeWrap(Audio16k.toBytes(audio)),
              Transcripts.normalise(fields[4])));
    }
    return new Corpus(
        NAME, queries.size() + " everyday voice queries, synthesized with flite", queries);
  }

  /** Gaussian noise under all of it; the seed makes it the same every time. */
  private static short[] inARoom(short[] speech, int seed) {
    int lead = (int) Audio16k.samples(LEAD);
    short[] audio = new short[lead + speech.length + (int) Audio16k.samples(TRAIL)];
    double noise = Levels.amplitude(NOISE_DBFS) * Short.MAX_VALUE;
    Random random = new Random(seed);
    for (int i = 0; i < audio.length; i++) {
      int at = i - lead;
      int clean = at >= 0 && at < speech.length ? speech[at] : 0;
      long sample = Math.round(clean + noise * random.nextGaussian());
      audio[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }
    return audio;
  }

  private byte[] part(String name) throws IOException {
    byte[] known = parts.get(name);
    if (known == null) {
      known = resource(name);
      parts.put(name, known);
    }
    return known;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = BuiltinCorpus.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException("the built-in corpus lacks " + name);
      }
      return stream.readAllBytes();
    }
  }
}
