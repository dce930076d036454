// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless browser that loads a page, without any network. */
final class Chromium {
  private static final int TIMEOUT_SECONDS = 120;
  private static final String PROBE =
      """
      <script>
      parent.document.documentElement.setAttribute('data-probe', [window.innerWidth,
        document.documentElement.scrollWidth,
        window.matchMedia('(prefers-color-scheme: dark)').matches,
        document.documentElement.classList.contains('scripted')].join(' '));
      </script>
      """;

  private static final Pattern PROBED =
      Pattern.compile("data-probe=\"(\\d+) (\\d+) (true|false) (true|false)\"");

  private final Path program;
  private final Path folder;

  /**
   * Skips the test, or fails it where tools are required, when there is no browser.
   *
   * @param folder to keep pages and profiles in
   */
  Chromium(Path folder) {
    this.program = Tools.require("chromium");
    this.folder = folder;
  }

  /**
   * What the browser saw.
   *
   * @param console what it complained about
   * @param width of the window, in CSS pixels
   * @param contentWidth more than that when the page overflows sideways
   * @param scripted the page's script ran to its first line
   */
  record Visit(List<String> console, int width, int contentWidth, boolean dark, boolean scripted) {}

  Visit visit(String page, int width, boolean dark) throws Exception {
    String probed = page.replace("</body>", PROBE + "</body>");
    String around = around(probed, width);
    Result result = run(around, width + 40, 1000, dark, "--dump-dom");
    Matcher found = PROBED.matcher(result.output());
    if (!found.find()) {
      throw new AssertionError("the browser said nothing: " + result.errors());
    }
    List<String> console =
        result.errors().lines().filter(line -> line.contains("CONSOLE")).toList();
    return new Visit(
        console,
        Integer.parseInt(found.group(1)),
        Integer.parseInt(found.group(2)),
        Boolean.parseBoolean(found.group(3)),
        Boolean.parseBoolean(found.group(4)));
  }

  /** A window cannot be as narrow as a telephone, a frame can; it takes its colours from around. */
  private static String around(String page, int width) {
    String escaped = page.replace("&", "&amp;").replace("\"", "&quot;");
    return "<!DOCTYPE html><html style=\"color-scheme: light dark\"><body>"
        + "<iframe style=\"border: 0; height: 900px; width: "
        + width
        + "px\" srcdoc=\""
        + escaped
        + "\"></iframe></body></html>";
  }

  void screenshot(String page, int width, int height, boolean dark, Path image) throws Exception {
    run(page, width, height, dark, "--screenshot=" + image.toAbsolutePath());
  }

  private record Result(String output, String errors) {}

  private Result run(String page, int width, int height, boolean dark, String action)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(Files.createDirectories(folder), "visit").toAbsolutePath();
    Path file = Files.writeString(own.resolve("page.html"), page);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + own.resolve("profile"),
                "--window-size=" + width + "," + height,
                action));
    if (dark) {
      command.add("--force-dark-mode");
    }
    command.add(file.toUri().toString());
    Path output = own.resolve("output");
    Path errors = own.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the browser did not end: " + Files.readString(errors));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Result(Files.readString(output), Files.readString(errors));
  }
}
