// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Costs as JSON, where some may be missing: what stands in for those is said. Keys are the names of
 * {@link Costs}'s components.
 */
final class CostsFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final ObjectNode costs = MAPPER.createObjectNode();

  /**
   * Takes over what a file says, instead of what is already known.
   *
   * @throws IOException when it cannot be read or is not an object
   */
  void add(Path file) throws IOException {
    try {
      JsonNode read = MAPPER.readTree(Files.readString(file));
      if (!(read instanceof ObjectNode object)) {
        throw new IOException(file + " does not hold a JSON object");
      }
      costs.setAll(object);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  void put(String key, double value) {
    costs.put(key, value);
  }

  void put(String key, long value) {
    costs.put(key, value);
  }

  /**
   * The costs, and in {@code assumed} a sentence for each that nobody measured.
   *
   * @throws IllegalArgumentException when one is missing that nothing can stand in for, is unknown
   *     or out of range; the message names it
   */
  Costs costs(List<String> assumed) {
    assume("finishMillis", 0, "all of the decoding happens while a person speaks", assumed);
    assume("blockSpread", 1, "the cost of a block is taken to vary exponentially", assumed);
    assume("overheadMillis", 0, "nothing is added to latencies for route and transport", assumed);
    for (String key : List.of("routerSessionBytes", "vadSessionBytes", "asrClipBytes")) {
      assume(key, 0, "memory is that of the processes alone", assumed);
    }
    if (!costs.has("lengthsSeconds")) {
      costs.putArray("lengthsSeconds");
      assumed.add("lengthsSeconds is not known: all utterances are of mean length");
    }
    try {
      for (var component : Costs.class.getRecordComponents()) {
        if (!costs.has(component.getName())) {
          throw new IllegalArgumentException(component.getName() + " is missing from the costs");
        }
      }
      return MAPPER.treeToValue(costs, Costs.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("costs: " + e.getOriginalMessage(), e);
    }
  }

  private void assume(String key, int value, String meaning, List<String> assumed) {
    if (!costs.has(key)) {
      costs.put(key, value);
      assumed.add(key + " is not known: " + meaning);
    }
  }
}
