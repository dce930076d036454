// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The simple rule: a version that is asked for by number; else the version that is configured for
 * the name; else the latest one loaded. What is loaded only where nobody answers now comes last: it
 * is not unknown. Numbers compare as numbers where they are, so 10 is later than 9. Immutable.
 */
public final class LatestLoaded implements ModelChooser {
  /** The client named the version. */
  public static final String RULE_NAMED = "named-version";

  /** The configuration names the version. */
  public static final String RULE_CONFIGURED = "configured-version";

  /** The latest version of the name that is loaded. */
  public static final String RULE_LATEST = "latest-loaded";

  private static final Comparator<LoadedModel> BY_NUMBER =
      Comparator.<LoadedModel>comparingLong(model -> numeric(model.number()))
          .thenComparing(LoadedModel::number);

  private final ModelDirectory directory;
  private final String defaultModel;
  private final Map<String, String> configured;

  /**
   * @param defaultModel what an empty request means, a name or a version
   * @param configured full version by name, for names whose version the operator has fixed
   */
  public LatestLoaded(
      ModelDirectory directory, String defaultModel, Map<String, String> configured) {
    this.directory = directory;
    this.defaultModel = defaultModel;
    this.configured = Map.copyOf(configured);
  }

  @Override
  public ModelChoice choose(ModelRequest request, String utteranceId) {
    String wanted = request.model().isEmpty() ? defaultModel : request.model();
    String fixed = configured.get(wanted);
    if (wanted.indexOf('@') >= 0) {
      return chosen(find(wanted), wanted, request, RULE_NAMED);
    }
    if (fixed != null) {
      return chosen(find(fixed), wanted, request, RULE_CONFIGURED);
    }
    return chosen(latest(wanted), wanted, request, RULE_LATEST);
  }

  @Override
  public void requireServable(ModelRequest request) {
    ModelChoice unused = choose(request, "");
  }

  private Optional<LoadedModel> find(String version) {
    return latest(model -> model.version().equals(version));
  }

  private Optional<LoadedModel> latest(String name) {
    return latest(model -> model.name().equals(name));
  }

  private Optional<LoadedModel> latest(Predicate<LoadedModel> wanted) {
    return directory.loaded().stream()
        .filter(wanted)
        .max(BY_NUMBER)
        .or(() -> directory.missing().stream().filter(wanted).max(BY_NUMBER));
  }

  private static ModelChoice chosen(
      Optional<LoadedModel> found, String wanted, ModelRequest request, String rule) {
    LoadedModel model =
        found.orElseThrow(
            () ->
                new SpeechException(
                    Reason.MODEL_NOT_FOUND,
                    "no loaded model answers to the name",
                    Map.of("model", wanted)));
    if (!model.speaks(request.languageCode())) {
      throw SpeechException.fieldInvalid(
          "config.language_code", "a language of the model: " + model.languageCode());
    }
    return new ModelChoice(model.version(), rule, 1.0);
  }

  /** A version that is not a number comes before all that are. */
  private static long numeric(String number) {
    return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : -1;
  }
}
