// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a version besides its files; the field-by-field explanation is in
 * docs/models.md.
 *
 * @param language BCP-47, e.g. {@code en-US}
 * @param license SPDX identifier
 * @param source where the files came from
 * @param tools what made this version and in which version, e.g. {@code recipe} and {@code
 *     openfst}; empty when nothing did
 * @param parameters what decoding is set to, e.g. {@code beam}, {@code dither}, {@code graph}
 * @param derivedFrom the version this one was made from, or null for an original
 * @param training what it was trained on
 * @param checks what it passed before it was installed
 */
public record ModelDescription(
    String language,
    String license,
    ModelSource source,
    Map<String, String> tools,
    Map<String, String> parameters,
    @Nullable ModelDerivation derivedFrom,
    ModelTraining training,
    List<ModelCheck> checks) {
  public ModelDescription {
    if (Locale.forLanguageTag(language).getLanguage().isEmpty()) {
      throw new IllegalArgumentException("the language is not a BCP-47 tag such as en-US");
    }
    if (license.isBlank()) {
      throw new IllegalArgumentException("the license is empty");
    }
    tools = Map.copyOf(tools);
    parameters = Map.copyOf(parameters);
    checks = List.copyOf(checks);
  }
}
