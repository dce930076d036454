// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Hears everything, except with the models it is deaf to; remembers what it was asked to load. */
final class FakeTranscriber implements ClipTranscriber {
  private final Predicate<Path> deaf;
  private final List<Path> loaded = Collections.synchronizedList(new ArrayList<>());

  FakeTranscriber() {
    this(model -> false);
  }

  FakeTranscriber(Predicate<Path> deaf) {
    this.deaf = deaf;
  }

  List<Path> loaded() {
    return loaded;
  }

  @Override
  public List<String> transcribe(Path modelDirectory, List<Clip> clips) {
    loaded.add(modelDirectory);
    return clips.stream().map(clip -> deaf.test(modelDirectory) ? "" : clip.reference()).toList();
  }
}
