// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import java.util.List;

/**
 * The configuration cannot be used. Lists everything that is wrong, one problem per line, each with
 * where it stands.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * Of these problems.
   *
   * @param problems at least one; each says where, what is wrong and what is allowed, and never
   *     holds a secret
   */
  public ConfigException(List<String> problems) {
    super("configuration cannot be used:\n  " + String.join("\n  ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
