// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears. */
final class RecordingListener implements ClipListener {
  final List<Long> progress = new CopyOnWriteArrayList<>();
  final List<Hypothesis> hypotheses = new CopyOnWriteArrayList<>();
  final List<ClipResult> results = new CopyOnWriteArrayList<>();
  final List<Optional<ClipResult>> lateResults = new CopyOnWriteArrayList<>();
  final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

  @Override
  public void onProgress(long processedSamples) {
    progress.add(processedSamples);
  }

  @Override
  public void onHypothesis(Hypothesis hypothesis) {
    hypotheses.add(hypothesis);
  }

  @Override
  public void onResult(ClipResult result) {
    results.add(result);
  }

  @Override
  public void onLateResult(Optional<ClipResult> result) {
    lateResults.add(result);
  }

  @Override
  public void onFailure(RuntimeException failure) {
    failures.add(failure);
  }
}
