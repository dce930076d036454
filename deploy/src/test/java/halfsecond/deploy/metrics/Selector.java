// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query selects: a name and conditions on labels.
 *
 * @param metric as exported, e.g. with {@code _total} or {@code _bucket}
 */
record Selector(String metric, List<Condition> conditions) {

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:halfsecond|rpc)_[a-z0-9_]+)\\s*(?:\\{([^}]*)\\})?");
  private static final Pattern CONDITION = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? [-+0-9.eEINaf]+$");

  /** On one label. */
  record Condition(String label, String operator, String value) {
    boolean holds(Map<String, String> labels) {
      String actual = labels.getOrDefault(label, "");
      boolean equal =
          operator.endsWith("~") ? Pattern.matches(value, actual) : value.equals(actual);
      // A label that is nowhere makes every "is not" true.
      return operator.startsWith("!") ? labels.containsKey(label) && !equal : equal;
    }
  }

  /** One exported value. */
  record Sample(String metric, Map<String, String> labels) {}

  /** All that the text of queries or rules selects of what services export. */
  static List<Selector> in(String text) {
    List<Selector> found = new ArrayList<>();
    Matcher matcher = SELECTOR.matcher(text);
    while (matcher.find()) {
      found.add(
          new Selector(
              matcher.group(1), conditions(matcher.group(2) == null ? "" : matcher.group(2))));
    }
    return found;
  }

  /** The samples of Prometheus' text format. */
  static List<Sample> samples(String exported) {
    List<Sample> samples = new ArrayList<>();
    Matcher matcher = SAMPLE.matcher(exported);
    while (matcher.find()) {
      Map<String, String> labels = new HashMap<>();
      if (matcher.group(2) != null) {
        conditions(matcher.group(2)).forEach(label -> labels.put(label.label(), label.value()));
      }
      samples.add(new Sample(matcher.group(1), labels));
    }
    return samples;
  }

  boolean matches(Sample sample) {
    return sample.metric().equals(metric)
        && conditions.stream().allMatch(condition -> condition.holds(sample.labels()));
  }

  private static List<Condition> conditions(String text) {
    return CONDITION
        .matcher(text)
        .results()
        .map(match -> new Condition(match.group(1), match.group(2), match.group(3)))
        .toList();
  }
}
