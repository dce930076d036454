// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

/**
 * A version that takes clips.
 *
 * @param version e.g. "en-small@2"
 * @param languageCode BCP-47, empty when unknown
 */
public record LoadedModel(String version, String languageCode) {
  /** The part before the {@code @}; all of it when there is none. */
  public String name() {
    int at = version.lastIndexOf('@');
    return at < 0 ? version : version.substring(0, at);
  }

  /** The part after the {@code @}; empty when there is none. */
  String number() {
    int at = version.lastIndexOf('@');
    return at < 0 ? "" : version.substring(at + 1);
  }

  /**
   * Whether a client that asked for this language is served; an unknown language serves nobody who
   * asked.
   */
  boolean speaks(String requested) {
    return requested.isEmpty()
        || languageCode.equalsIgnoreCase(requested)
        || languageCode.regionMatches(true, 0, requested + "-", 0, requested.length() + 1);
  }
}
