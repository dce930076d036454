// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/** Manifests as files: snake_case keys, sorted maps, nothing unknown, at most 1 MiB. */
final class ManifestJson {
  private static final long MAX_BYTES = 1 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantText()))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .enable(
              SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ManifestJson() {}

  static void write(ModelManifest manifest, Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(manifest) + "\n");
  }

  /** Reads and checks; every way in which the content can be wrong is a {@link ModelException}. */
  static ModelManifest read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelException("manifest.json is missing");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new ModelException("manifest.json is larger than 1 MiB");
    }
    String text = Files.readString(file);
    try {
      JsonNode tree = JSON.readTree(text);
      int schema = tree.path("schema_version").asInt(-1);
      if (schema != ModelManifest.SCHEMA_VERSION) {
        throw new ModelException(
            "manifest.json has schema_version "
                + schema
                + ", this program reads "
                + ModelManifest.SCHEMA_VERSION);
      }
      return JSON.treeToValue(tree, ModelManifest.class);
    } catch (JsonProcessingException invalid) {
      throw new ModelException(
          "manifest.json is not valid: " + invalid.getOriginalMessage(), invalid);
    }
  }

  private static final class InstantText extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(value);
      } catch (DateTimeException invalid) {
        throw context.weirdStringException(value, Instant.class, "not an ISO-8601 instant");
      }
    }
  }
}
