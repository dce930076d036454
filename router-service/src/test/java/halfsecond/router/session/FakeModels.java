// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.model.LoadedModel;
import halfsecond.router.model.ModelDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Models that the test loads. */
final class FakeModels implements ModelDirectory {
  final List<LoadedModel> loaded = new ArrayList<>(List.of(new LoadedModel("en-small@1", "en-US")));
  final List<CompletableFuture<Void>> questions = new ArrayList<>();
  boolean known = true;

  @Override
  public List<LoadedModel> loaded() {
    return List.copyOf(loaded);
  }

  @Override
  public boolean known() {
    return known;
  }

  @Override
  public CompletionStage<Void> refresh() {
    CompletableFuture<Void> question = new CompletableFuture<>();
    questions.add(question);
    return question;
  }
}
