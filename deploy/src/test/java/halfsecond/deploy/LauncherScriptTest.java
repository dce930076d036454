// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in a made-up checkout, with a Java and a Maven that only tell what they were asked.
 */
class LauncherScriptTest {

  private static final Path SCRIPT = Path.of("..", "halfsecond").toAbsolutePath().normalize();
  private static final String OLD_JAVA = "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n";
  private static final String JAVA =
      """
      #!/bin/sh
      [ "$1" != -version ] || { echo 'openjdk version "17.0.15" 2025-04-15' >&2; exit 0; }
      for argument in "$@"; do echo "<$argument>"; done
      exit 7
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "mvn $*" >>calls
      mkdir -p deploy/target/halfsecond/lib
      """;
  private static final String FAILING_MAVEN =
      "#!/bin/sh\necho '[INFO] some work'\necho '[ERROR] cannot find symbol'\nexit 1\n";

  private record Result(int exitCode, String out, String err) {}

  @TempDir Path folder;
  private Path checkout = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = folder.resolve("check out");
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.createDirectories(checkout.resolve("deploy/src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.writeString(checkout.resolve("deploy/pom.xml"), "");
    Files.writeString(checkout.resolve("deploy/src/main/A.java"), "");
    Files.copy(SCRIPT, checkout.resolve("halfsecond"));
    tool("java", JAVA);
    tool("mvn", MAVEN);
  }

  @Test
  void buildsOnceAndHandsTheArgumentsOver() throws Exception {
    Result first = run("transcribe", "two words.wav");
    Result second = run("--help");

    assertThat(first.exitCode()).as("exit code of the program").isEqualTo(7);
    assertThat(first.err()).contains("building (the first time takes a minute or two)");
    assertThat(first.out())
        .endsWith("<halfsecond.deploy.Halfsecond>\n<transcribe>\n<two words.wav>\n")
        .contains("<-Dhalfsecond.tty=>", "<-XX:+ExitOnOutOfMemoryError>");
    assertThat(second.err()).isEmpty();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run("--help");
    Files.setLastModifiedTime(
        checkout.resolve("deploy/src/main/A.java"), FileTime.from(Instant.now().plusSeconds(60)));

    run("--help");

    assertThat(calls()).hasSize(2);
  }

  @Test
  void showsTheErrorsOfAFailedBuild() throws Exception {
    tool("mvn", FAILING_MAVEN);

    Result result = run("demo");

    assertThat(result.exitCode()).isEqualTo(70);
    assertThat(result.err())
        .contains("[ERROR] cannot find symbol", "build.log")
        .doesNotContain("some work");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void refusesAnOldJava() throws Exception {
    tool("java", OLD_JAVA);

    Result result = run("demo");

    assertThat(result.exitCode()).isEqualTo(78);
    assertThat(result.err()).contains("Java 17 or newer is needed", "version 11");
  }

  @Test
  void runsADistributionWithoutBuilding() throws Exception {
    Path distribution = Files.createDirectories(folder.resolve("distribution"));
    Files.createDirectories(distribution.resolve("lib"));
    Files.copy(SCRIPT, distribution.resolve("halfsecond"));
    Files.createSymbolicLink(tools.resolve("hs"), distribution.resolve("halfsecond"));

    Result result = run(List.of("sh", tools.resolve("hs").toString(), "demo"));

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out())
        .contains("<-Dhalfsecond.distribution=" + distribution.toRealPath() + ">");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void isACleanShellScript() throws Exception {
    String checker = Tools.find("shellcheck").map(Path::toString).orElse("");
    List<String> command =
        checker.isEmpty()
            ? List.of("sh", "-n", SCRIPT.toString())
            : List.of(checker, SCRIPT.toString());

    Result result = run(command);

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  private Result run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", checkout.resolve("halfsecond").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Result run(List<String> command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("JAVA_HOME|HALFSECOND_.*"));
    environment.put("PATH", tools + ":/usr/bin:/bin");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(checkout.resolve("calls"));
  }

  private void tool(String name, String content) throws IOException {
    Path file = Files.writeString(tools.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
