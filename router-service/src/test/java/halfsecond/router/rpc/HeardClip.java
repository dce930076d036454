// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.protobuf.ByteString;
import halfsecond.router.session.BackendFailure;
import halfsecond.router.session.ClipRequest;
import halfsecond.router.session.FinalHypothesis;
import halfsecond.router.session.Hypothesis;
import halfsecond.router.session.RecognitionListener;
import halfsecond.router.session.RecognitionOptions;
import halfsecond.router.session.RecognitionPort;
import halfsecond.router.session.RecognitionStream;
import halfsecond.router.utterance.TrafficClass;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One clip of a test, which remembers what was heard of it. */
final class HeardClip implements RecognitionListener {
  static final String VERSION = "en-small@1";
  private static final ByteString AUDIO = ByteString.copyFrom(new byte[6_400]);

  final List<FinalHypothesis> finals = new CopyOnWriteArrayList<>();
  volatile boolean completed;
  volatile @Nullable BackendFailure failure;

  /** Open before any event asks it for more. */
  private final CompletableFuture<RecognitionStream> stream = new CompletableFuture<>();

  static HeardClip open(RecognitionPort port, String version, boolean interims, String... avoid) {
    HeardClip clip = new HeardClip();
    RecognitionStream opened =
        port.open(
            new ClipRequest(
                version,
                "utterance",
                1,
                new RecognitionOptions(1, false, List.of(), interims),
                TrafficClass.LIVE,
                Set.of(avoid)),
            Context.root(),
            clip);
    clip.stream.complete(opened);
    return clip;
  }

  static HeardClip open(RecognitionPort port, String... avoid) {
    return open(port, VERSION, false, avoid);
  }

  RecognitionStream stream() {
    return stream.join();
  }

  /** Sends 200 ms. */
  HeardClip audio() {
    stream().audio(AUDIO);
    return this;
  }

  HeardClip finish() {
    stream().finish(Optional.empty());
    return this;
  }

  String backend() {
    return stream().backend();
  }

  boolean over() {
    return completed || failure != null;
  }

  /** What it ended with. */
  BackendFailure failure() {
    BackendFailure now = failure;
    if (now == null) {
      throw new AssertionError("the clip has not failed");
    }
    return now;
  }

  private void more() {
    var unused = stream.thenAccept(RecognitionStream::next);
  }

  @Override
  public void onReady() {}

  @Override
  public void onProgress(long processedSamples) {
    more();
  }

  @Override
  public void onHypothesis(Hypothesis hypothesis) {
    more();
  }

  @Override
  public void onFinal(FinalHypothesis answer) {
    finals.add(answer);
    more();
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  @Override
  public boolean maySwitch() {
    return true;
  }

  @Override
  public void onLost(BackendFailure lost) {
    failure = lost;
  }
}
