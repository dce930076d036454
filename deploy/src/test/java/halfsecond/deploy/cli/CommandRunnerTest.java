// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.install.Distribution;
import halfsecond.deploy.install.Home;
import halfsecond.deploy.view.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandRunnerTest {

  @TempDir Path folder;
  private final Screen screen = Screen.pipe();

  private int run(String... args) {
    return CommandRunner.run(context(screen, folder), args);
  }

  private static CommandContext context(Screen screen, Path folder) {
    return new CommandContext(
        screen.terminal(), new Home(folder.resolve("home")), new Distribution(folder));
  }

  static Stream<String> commands() {
    CommandLine all = CommandRunner.commandLine(context(Screen.pipe(), Path.of("nowhere")));
    return all.getSubcommands().entrySet().stream().flatMap(CommandRunnerTest::names);
  }

  private static Stream<String> names(Map.Entry<String, CommandLine> command) {
    return Stream.concat(
        Stream.of(command.getKey()),
        command.getValue().getSubcommands().keySet().stream()
            .map(name -> command.getKey() + " " + name));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void teachesEachCommandWithAnExample(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();

    assertThat(screen.out()).contains("Usage: halfsecond " + command, "Example");
    assertThat(screen.err()).isEmpty();
    assertThat(screen.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servve",
        "transcribe",
        "stream",
        "stream a.wav b.wav",
        "status --router nowhere",
        "status --timeout soon",
        "model verify small",
        "transcribe --encoding MP3 a.wav",
        "transcribe --tls-ca ca.pem a.wav",
        "model",
        "demo --fast"
      })
  void refusesACommandLineThatMakesNoSense(String line) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);

    assertThat(screen.out()).isEmpty();
    assertThat(screen.err()).contains("--help");
  }

  @Test
  void teachesWhatThereIsWhenNothingIsAsked() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);

    assertThat(screen.err()).contains("Usage: halfsecond", "demo", "serve", "Exit codes");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThat(run("transcribe", folder.resolve("none.wav").toString()))
        .isEqualTo(ExitCode.NO_INPUT);

    assertThat(screen.err()).contains("no such file", "none.wav");
  }

  @Test
  void saysWhyAFileIsNoAudio() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.wav"), "these are notes");

    assertThat(run("transcribe", text.toString())).isEqualTo(ExitCode.BAD_DATA);

    assertThat(screen.err()).contains("notes.wav", "RIFF");
  }

  @Test
  void goesOnAfterABadFileAndTellsTheFirstFailure() throws Exception {
    String text = Files.writeString(folder.resolve("notes.wav"), "these are notes").toString();
    String missing = folder.resolve("none.wav").toString();

    assertThat(run("transcribe", "--json", missing, text)).isEqualTo(ExitCode.NO_INPUT);

    assertThat(screen.out().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("{\"file\":").contains("\"error\":"));
  }

  @Test
  void refusesToSendAudioElsewhereWithoutTls() throws Exception {
    String raw = Files.write(folder.resolve("a.raw"), new byte[3200]).toString();

    assertThat(run("transcribe", "--raw", "--server", "192.0.2.1:7600", raw))
        .isEqualTo(ExitCode.USAGE);

    assertThat(screen.err()).contains("TLS");
  }

  @Test
  void tellsWhichServicesAreDown() {
    assertThat(run("status", "--router", "127.0.0.1:1", "--vad", "127.0.0.1:1", "--timeout", "300"))
        .isEqualTo(ExitCode.UNAVAILABLE);

    assertThat(screen.out().lines()).hasSize(5).anyMatch(line -> line.matches("router .* DOWN .*"));
  }

  @Test
  void saysThatTheConfigurationIsMissing() {
    assertThat(run("serve", "--config", folder.resolve("none.conf").toString()))
        .isEqualTo(ExitCode.CONFIG);

    assertThat(screen.err()).contains("none.conf");
  }

  @Test
  void saysHowToGetModelsWhenThereAreNone() {
    assertThat(run("model", "list")).isZero();

    assertThat(screen.err()).contains("no models", "halfsecond model prepare");
  }

  @Test
  void saysThatAModelIsNotThere() {
    assertThat(run("model", "verify", "en-small@9")).isEqualTo(ExitCode.CONFIG);

    assertThat(screen.err()).contains("en-small@9");
  }

  @Test
  void refusesAnArchiveThatIsNotTheModel() throws Exception {
    String file = Files.writeString(folder.resolve("model.aar"), "no model").toString();

    assertThat(run("model", "fetch", file)).isEqualTo(ExitCode.CONFIG);

    assertThat(screen.err()).contains("SHA-256");
  }

  @Test
  void namesTheMicrophonesOrSaysThatThereIsNone() {
    int exitCode = run("mic", "--list");

    assertThat(exitCode).isIn(ExitCode.OK, ExitCode.CONFIG);
    assertThat(exitCode == ExitCode.OK ? screen.out() : screen.err()).isNotEmpty();
  }
}
