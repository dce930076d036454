// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Reads one section of a configuration, key by key, and collects everything that is wrong instead
 * of stopping at the first problem: missing and mistyped keys, wrong types, values out of range. A
 * read that fails returns a harmless stand-in (the lower limit, the first constant, an empty text),
 * and {@link #finish} then throws.
 *
 * <pre>{@code
 * ConfigReader reader = ConfigReader.of(root, "halfsecond.vad");
 * return reader.finish(() -> new VadConfig(ServerConfig.from(reader.section("server")), reader.integer("mode", 0, 3)));
 * }</pre>
 *
 * Not safe for use by several threads.
 */
public final class ConfigReader {
  private final Findings findings;
  private final String path;
  private final ConfigObject section;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<ConfigReader> children = new ArrayList<>();

  private ConfigReader(Findings findings, String path, ConfigObject section) {
    this.findings = findings;
    this.path = path;
    this.section = section;
  }

  /** Reads the section at {@code path}; a section that is not there reads as an empty one. */
  public static ConfigReader of(Config root, String path) {
    return new ConfigReader(
        new Findings(),
        path,
        root.hasPath(path) ? root.getConfig(path).root() : empty(root.origin()));
  }

  public String string(String key) {
    return required(key, "", Values::text);
  }

  public Optional<String> optionalString(String key) {
    return optional(key, () -> string(key));
  }

  public int integer(String key, int min, int max) {
    return (int) whole(key, min, max);
  }

  public Optional<Integer> optionalInteger(String key, int min, int max) {
    return optional(key, () -> integer(key, min, max));
  }

  public long whole(String key, long min, long max) {
    return required(
        key,
        min,
        (config, at) -> Values.limited(Values.wholeNumber(config, at), min, max, Object::toString));
  }

  public double decimal(String key, double min, double max) {
    return required(
        key, min, (config, at) -> Values.limited(config.getDouble(at), min, max, Object::toString));
  }

  public Optional<Double> optionalDecimal(String key, double min, double max) {
    return optional(key, () -> decimal(key, min, max));
  }

  public boolean flag(String key) {
    return required(key, false, Config::getBoolean);
  }

  public Optional<Boolean> optionalFlag(String key) {
    return optional(key, () -> flag(key));
  }

  /**
   * A duration with its unit, such as {@code 200 ms}; a bare number is refused because nobody can
   * tell what it means.
   */
  public Duration duration(String key, Duration min, Duration max) {
    return required(
        key,
        min,
        (config, at) ->
            Values.limited(
                Values.withUnit(config, at, Config::getDuration), min, max, Values::show));
  }

  public Optional<Duration> optionalDuration(String key, Duration min, Duration max) {
    return optional(key, () -> duration(key, min, max));
  }

  /** A size with its unit, such as {@code 64 KiB}, in bytes. */
  public long bytes(String key, long min, long max) {
    return required(
        key,
        min,
        (config, at) ->
            Values.limited(
                Values.withUnit(config, at, Config::getBytes), min, max, size -> size + " B"));
  }

  /**
   * A path, relative to the working directory unless absolute. Says nothing about what is there.
   */
  public Path path(String key) {
    return required(key, Path.of(""), Values::path);
  }

  public Optional<Path> optionalPath(String key) {
    return optional(key, () -> path(key));
  }

  /** A constant in lower case with dashes: {@code live}, {@code client-side}. */
  public <E extends Enum<E>> E enumeration(String key, Class<E> type) {
    E[] constants = type.getEnumConstants();
    return required(key, constants[0], (config, at) -> Values.constant(config, at, constants));
  }

  public List<String> strings(String key) {
    return required(key, List.of(), (config, at) -> List.copyOf(config.getStringList(at)));
  }

  /** A text that is masked in {@link #render} and in every message. */
  public Secret secret(String key) {
    return required(key, new Secret(""), (config, at) -> new Secret(Values.text(config, at)));
  }

  public Optional<Secret> optionalSecret(String key) {
    return optional(key, () -> secret(key));
  }

  /** A nested section; one that is not there reads as an empty one. */
  public ConfigReader section(String key) {
    known.add(key);
    ConfigValue value = section.get(key);
    if (value instanceof ConfigObject object) {
      return child(key, object);
    }
    if (value != null) {
      problem(key, "must be a section { ... }");
    }
    return child(key, empty(section.origin()));
  }

  public Optional<ConfigReader> optionalSection(String key) {
    return optional(key, () -> section(key));
  }

  /** The sections below {@code key} by the names that the operator gave them, in order of name. */
  public Map<String, ConfigReader> named(String key) {
    ConfigReader parent = section(key);
    Map<String, ConfigReader> byName = new LinkedHashMap<>();
    parent.section.keySet().stream()
        .sorted()
        .forEach(name -> byName.put(name, parent.section(name)));
    return byName;
  }

  /** The sections of a list {@code [ { ... }, { ... } ]}. */
  public List<ConfigReader> list(String key) {
    known.add(key);
    ConfigValue value = section.get(key);
    if (!(value instanceof ConfigList elements)) {
      problem(key, value == null ? "is missing" : "must be a list of sections [ { ... } ]");
      return List.of();
    }
    List<ConfigReader> readers = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof ConfigObject object) {
        readers.add(child(key + "." + i, object));
      } else {
        problem(key, "must hold sections { ... } only");
      }
    }
    return readers;
  }

  /**
   * Adds a problem that only the caller can see, such as two keys that exclude each other; it
   * stands where the key stands.
   */
  public void problem(String key, String text) {
    ConfigValue value = section.get(key);
    findings.problem(value == null ? section.origin() : value.origin(), path + "." + key, text);
  }

  /**
   * Reads everything through {@code read}, then throws if anything was wrong here or in a section
   * below. What the records' own checks refuse ({@link IllegalArgumentException}) counts as a
   * problem of this section.
   *
   * @throws ConfigException listing all problems
   */
  public <T> T finish(Supplier<T> read) {
    T result = null;
    try {
      result = read.get();
    } catch (IllegalArgumentException e) {
      // Stand-ins of failed reads may well break a record's rules; that says nothing new.
      if (findings.problems().isEmpty()) {
        findings.problem(section.origin(), path + ":", String.valueOf(e.getMessage()));
      }
    }
    if (result != null) {
      unknownKeys();
    }
    if (result == null || !findings.problems().isEmpty()) {
      throw new ConfigException(findings.problems());
    }
    return result;
  }

  /**
   * The effective values read so far, one {@code path = value # origin} per line, secrets masked.
   */
  public String render() {
    return findings.render();
  }

  private <T> Optional<T> optional(String key, Supplier<T> read) {
    known.add(key);
    return section.toConfig().hasPath(quoted(key)) ? Optional.of(read.get()) : Optional.empty();
  }

  private <T> T required(String key, T standIn, BiFunction<Config, String, T> read) {
    known.add(key);
    String at = quoted(key);
    Config config = section.toConfig();
    if (!config.hasPath(at)) {
      problem(key, "is missing");
      return standIn;
    }
    try {
      T value = read.apply(config, at);
      findings.value(
          path + "." + key, Values.shown(value, config.getValue(at)), config.getValue(at).origin());
      return value;
    } catch (com.typesafe.config.ConfigException.WrongType e) {
      problem(
          key,
          "has the wrong type: " + config.getValue(at).valueType().name().toLowerCase(Locale.ROOT));
    } catch (com.typesafe.config.ConfigException e) {
      problem(key, "cannot be read as what it should be");
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
    }
    return standIn;
  }

  private ConfigReader child(String key, ConfigObject object) {
    ConfigReader reader = new ConfigReader(findings, path + "." + key, object);
    children.add(reader);
    return reader;
  }

  private void unknownKeys() {
    for (String key : section.keySet()) {
      if (!known.contains(key)) {
        String meant =
            NearestName.to(key, known).map(name -> "; did you mean " + name + "?").orElse("");
        problem(key, "is not a known key" + meant);
      }
    }
    children.forEach(ConfigReader::unknownKeys);
  }

  private static ConfigObject empty(ConfigOrigin origin) {
    return ConfigFactory.empty().root().withOrigin(origin);
  }

  private static String quoted(String key) {
    return ConfigUtil.joinPath(key);
  }
}
