// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.WireFormat;
import halfsecond.speech.v1.ClientContext;
import halfsecond.speech.v1.EndpointingConfig;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.testing.Clip;
import halfsecond.testing.TestAudio;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * People with several phones who say recorded clips in a noisy room, each time somewhat louder or
 * softer, one in a session, faster than real time. Each phone hears all clips in an order of its
 * own before it hears one again. Close it when done.
 */
final class Crowd implements AutoCloseable {

  private static final StreamOptions OPTIONS =
      StreamOptions.fast().withTail(Duration.ofMillis(600));
  private static final Duration BEFORE = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int NOISE_DBFS = -50;
  private static final double LOUDNESS_DB = 2;
  private static final int AT_A_TIME = 3;

  private final SpeechClient client;
  private final Random random;
  private final List<Clip> clips;
  private final short[] noise;
  private final Map<String, Deque<Clip>> toSay = new HashMap<>();
  private final ExecutorService speakers = Executors.newFixedThreadPool(AT_A_TIME);

  /**
   * @param client stays the caller's
   * @param clips up to ten seconds long
   */
  Crowd(SpeechClient client, List<Clip> clips, long seed) {
    this.client = client;
    this.clips = List.copyOf(clips);
    this.random = new Random(seed);
    this.noise = TestAudio.pinkNoise(seed, NOISE_DBFS, LONGEST.multipliedBy(2));
  }

  /**
   * One session of each phone in turn.
   *
   * @param endpointing what phones ask of the detector; nothing where one is not named
   * @return finals in all
   */
  int say(List<String> phones, Map<String, EndpointingConfig> endpointing) throws Exception {
    List<Callable<Integer>> all = new ArrayList<>();
    for (String phone : phones) {
      short[] audio = somehow(next(phone));
      StreamingRecognitionConfig config = config(phone, endpointing);
      all.add(() -> speak(audio, config));
    }
    int finals = 0;
    for (Future<Integer> session : speakers.invokeAll(all)) {
      finals += session.get();
    }
    return finals;
  }

  private Clip next(String phone) {
    Deque<Clip> left = toSay.computeIfAbsent(phone, it -> new ArrayDeque<>());
    if (left.isEmpty()) {
      List<Clip> anew = new ArrayList<>(clips);
      Collections.shuffle(anew, random);
      left.addAll(anew);
    }
    return left.remove();
  }

  /** The clip after half a second, somewhat louder or softer, in the noise. */
  private short[] somehow(Clip clip) {
    short[] spoken = TestAudio.concat(TestAudio.silence(BEFORE), clip.samples());
    double gain = Math.pow(10, LOUDNESS_DB * random.nextGaussian() / 20);
    for (int i = 0; i < spoken.length; i++) {
      double louder = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, spoken[i] * gain));
      spoken[i] = (short) Math.round(louder);
    }
    int from = random.nextInt(noise.length / 2);
    return TestAudio.mix(spoken, Arrays.copyOfRange(noise, from, noise.length));
  }

  private int speak(short[] audio, StreamingRecognitionConfig config) throws Exception {
    var session =
        client.stream(
            SpokenAudio.in(WireFormat.LINEAR16_16K, audio), config, OPTIONS, answer -> {});
    return session.result().orThrow().finals().size();
  }

  private static StreamingRecognitionConfig config(
      String phone, Map<String, EndpointingConfig> endpointing) {
    return StreamingRecognitionConfig.newBuilder()
        .setConfig(
            RecognitionConfig.newBuilder()
                .setModel(TestModels.VERSION.toString())
                .setTrafficClass(TrafficClass.TRAFFIC_CLASS_BATCH)
                .setContext(ClientContext.newBuilder().setDevice(phone)))
        .setEndpointing(endpointing.getOrDefault(phone, EndpointingConfig.getDefaultInstance()))
        .build();
  }

  @Override
  public void close() {
    speakers.shutdownNow();
  }
}
