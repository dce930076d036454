// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.utterance.Cohort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The simple rule. */
final class LatestLoadedTest {
  private static LatestLoaded chooser(Map<String, String> fixed, String... versions) {
    return chooser(fixed, List.of(versions), List.of());
  }

  private static List<LoadedModel> models(List<String> versions) {
    return versions.stream().map(version -> new LoadedModel(version, "en-US")).toList();
  }

  private static LatestLoaded chooser(
      Map<String, String> fixed, List<String> versions, List<String> elsewhere) {
    List<LoadedModel> loaded = models(versions);
    ModelDirectory directory =
        new ModelDirectory() {
          @Override
          public List<LoadedModel> loaded() {
            return loaded;
          }

          @Override
          public List<LoadedModel> missing() {
            return models(elsewhere);
          }

          @Override
          public boolean known() {
            return true;
          }

          @Override
          public CompletionStage<Void> refresh() {
            return CompletableFuture.completedFuture(null);
          }
        };
    return new LatestLoaded(directory, "en-small", fixed);
  }

  private static ModelRequest request(String model, String language) {
    return new ModelRequest(model, language, Cohort.UNKNOWN);
  }

  @Test
  void takesTheLatestVersionOfTheDefaultComparingNumbersAsNumbers() {
    LatestLoaded chooser = chooser(Map.of(), "en-small@9", "en-small@10", "en-small@beta", "de@11");

    assertThat(chooser.choose(request("", ""), "u"))
        .isEqualTo(new ModelChoice("en-small@10", LatestLoaded.RULE_LATEST, 1.0));
  }

  @Test
  void takesWhatNobodyAnswersForOnlyWhenThereIsNothingElse() {
    LatestLoaded chooser = chooser(Map.of(), List.of("en-small@1"), List.of("en-small@2", "de@1"));

    assertThat(chooser.choose(request("en-small", ""), "u").version()).isEqualTo("en-small@1");
    assertThat(chooser.choose(request("en-small@2", ""), "u").version()).isEqualTo("en-small@2");
    assertThat(chooser.choose(request("de", ""), "u").version()).isEqualTo("de@1");
  }

  @Test
  void takesTheVersionThatTheClientNames() {
    LatestLoaded chooser = chooser(Map.of("en-small", "en-small@10"), "en-small@9", "en-small@10");

    assertThat(chooser.choose(request("en-small@9", ""), "u"))
        .isEqualTo(new ModelChoice("en-small@9", LatestLoaded.RULE_NAMED, 1.0));
  }

  @Test
  void takesTheVersionThatTheOperatorFixed() {
    LatestLoaded chooser = chooser(Map.of("en-small", "en-small@1"), "en-small@1", "en-small@2");

    assertThat(chooser.choose(request("en-small", ""), "u").rule())
        .isEqualTo(LatestLoaded.RULE_CONFIGURED);
  }

  @Test
  void refusesANameThatNothingAnswersTo() {
    assertThatThrownBy(() -> chooser(Map.of(), "en-small@1").choose(request("fr", ""), "u"))
        .isInstanceOfSatisfying(
            SpeechException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
              assertThat(e.metadata()).containsEntry("model", "fr");
            });
  }

  @Test
  void refusesALanguageThatTheModelDoesNotSpeak() {
    LatestLoaded chooser = chooser(Map.of(), "en-small@1");
    chooser.requireServable(request("", "en-US"));
    chooser.requireServable(request("", "EN"));

    assertThatThrownBy(() -> chooser.requireServable(request("", "de-DE")))
        .isInstanceOfSatisfying(
            SpeechException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FIELD_INVALID));
  }
}
