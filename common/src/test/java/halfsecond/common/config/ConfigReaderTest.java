// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private enum Traffic {
    LIVE,
    BATCH_LOW
  }

  @Test
  void readsEveryKindOfValue() {
    ConfigReader reader =
        reader(
            """
            name = router, threads = 4, share = 0.8, partials = true, hangover = 200 ms, chunk = 64 KiB
            models = /var/models, traffic = batch-low, origins = [a, b], key = hunter2
            """);

    assertThat(reader.string("name")).isEqualTo("router");
    assertThat(reader.integer("threads", 1, 64)).isEqualTo(4);
    assertThat(reader.decimal("share", 0, 1)).isEqualTo(0.8);
    assertThat(reader.flag("partials")).isTrue();
    assertThat(reader.duration("hangover", Duration.ZERO, Duration.ofSeconds(2)))
        .isEqualTo(Duration.ofMillis(200));
    assertThat(reader.bytes("chunk", 1, 1 << 20)).isEqualTo(65_536);
    assertThat(reader.path("models")).isEqualTo(Path.of("/var/models"));
    assertThat(reader.enumeration("traffic", Traffic.class)).isEqualTo(Traffic.BATCH_LOW);
    assertThat(reader.strings("origins")).containsExactly("a", "b");
    assertThat(reader.secret("key").value()).isEqualTo("hunter2");
    assertThat(reader.finish(() -> "done")).isEqualTo("done");
  }

  @Test
  void tellsAllProblemsAtOnceWithTheirLines() {
    ConfigReader reader = reader("threads = 99\nhangover = 200\nserver { prt = 1 }\n");

    List<String> problems =
        problems(
            reader,
            r -> {
              ConfigReader server = r.section("server");
              return r.string("name")
                  + r.integer("threads", 1, 64)
                  + r.duration("hangover", Duration.ZERO, Duration.ofSeconds(2))
                  + server.optionalInteger("port", 0, 65_535);
            });

    assertThat(problems)
        .hasSize(4)
        .anyMatch(p -> p.endsWith("service.name is missing"))
        .anyMatch(p -> p.contains("file.conf: 2: service.threads must be between 1 and 64, is 99"))
        .anyMatch(p -> p.contains("file.conf: 3: service.hangover must have a unit"))
        .anyMatch(
            p ->
                p.contains(
                    "file.conf: 4: service.server.prt is not a known key; did you mean port?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = 1.5        | must be a whole number",
        "x = [1]        | has the wrong type: list",
        "x = abc        | has the wrong type: string",
        "x = -1         | must be between 0 and 10, is -1",
        "x = 11         | must be between 0 and 10, is 11",
        "x = 5000000000 | must be between 0 and 10, is 5000000000",
        "x = null       | is missing",
        "y = 1          | is missing",
      })
  void refusesWhatIsNotSuchANumber(String content, String problem) {
    assertThat(problems(reader(content), r -> r.integer("x", 0, 10)))
        .anyMatch(p -> p.endsWith("service.x " + problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = soon  | cannot be read as what it should be",
        "x = 3 s   | must be between 100 ms and 2 s, is 3 s",
        "x = 99 ms | must be between 100 ms and 2 s, is 99 ms",
        "x = 1     | must have a unit",
        "x = \"\"  | must not be empty",
      })
  void refusesWhatIsNotSuchADuration(String content, String problem) {
    assertThat(
            problems(
                reader(content),
                r -> r.duration("x", Duration.ofMillis(100), Duration.ofSeconds(2))))
        .singleElement()
        .asString()
        .endsWith("service.x " + problem);
  }

  @Test
  void namesTheConstantsThatAreAllowed() {
    assertThat(problems(reader("x = LIVE"), r -> r.enumeration("x", Traffic.class)))
        .singleElement()
        .asString()
        .endsWith("service.x must be one of [live, batch-low]");
  }

  @Test
  void masksSecretsWhereverTheyCouldBeSeen() {
    ConfigReader reader = reader("key = hunter2, name = vad");
    Secret secret = reader.secret("key");
    String ignored = reader.string("name");

    assertThat(secret.toString() + reader.render() + ignored).doesNotContain("hunter2");
    assertThat(reader.render())
        .contains("service.key = ********  # ")
        .contains("service.name = \"vad\"  # ");
  }

  @Test
  void readsOptionalKeysAndSectionsOnlyWhereTheyAre() {
    ConfigReader reader = reader("port = 1, tls { certificate = a.pem }");

    assertThat(reader.optionalInteger("port", 0, 9)).contains(1);
    assertThat(reader.optionalString("host")).isEmpty();
    assertThat(reader.optionalSection("drain")).isEmpty();
    assertThat(reader.optionalSection("tls").map(tls -> tls.path("certificate")))
        .contains(Path.of("a.pem"));
    assertThat(reader.<Integer>finish(() -> 1)).isEqualTo(1);
  }

  @Test
  void readsListsAndNamedSections() {
    ConfigReader reader =
        reader("backends = [{ port = 1 }, { port = 2 }], models { b { x = 2 }, a { x = 1 } }");

    assertThat(reader.list("backends"))
        .extracting(r -> r.integer("port", 1, 9))
        .containsExactly(1, 2);
    Map<String, ConfigReader> models = reader.named("models");
    assertThat(models.keySet()).containsExactly("a", "b");
    assertThat(models.values()).extracting(r -> r.integer("x", 1, 9)).containsExactly(1, 2);
    assertThat(reader.<Integer>finish(() -> 1)).isEqualTo(1);
  }

  @Test
  void countsWhatARecordRefusesAsAProblem() {
    assertThat(
            problems(
                reader("x = 1"),
                r -> {
                  throw new IllegalArgumentException("x must be odd " + r.integer("x", 0, 9));
                }))
        .singleElement()
        .asString()
        .endsWith("service: x must be odd 1");
  }

  @Test
  void blamesTheValueAndNotTheRecordThatRefusedItsStandIn() {
    assertThat(
            problems(
                reader("x = 0"),
                r -> {
                  r.integer("x", 1, 9);
                  throw new IllegalArgumentException("nothing new");
                }))
        .singleElement()
        .asString()
        .contains("service.x must be between 1 and 9");
  }

  @Test
  void readsAMissingSectionAsAnEmptyOne() {
    ConfigReader reader = ConfigReader.of(ConfigFactory.empty(), "service");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> reader.finish(() -> reader.string("name")))
        .withMessageContaining("service.name is missing");
  }

  @Test
  void refusesAValueWhereASectionBelongs() {
    assertThat(problems(reader("server = 7"), r -> r.section("server").optionalString("host")))
        .singleElement()
        .asString()
        .endsWith("service.server must be a section { ... }");
  }

  private static ConfigReader reader(String content) {
    return ConfigReader.of(
        ConfigFactory.parseString(
            "service {\n" + content + "\n}",
            ConfigParseOptions.defaults().setOriginDescription("file.conf")),
        "service");
  }

  private static List<String> problems(ConfigReader reader, Function<ConfigReader, Object> read) {
    return catchThrowableOfType(
            ConfigException.class, () -> reader.finish(() -> read.apply(reader)))
        .problems();
  }
}
