// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.CatalogueListing;
import halfsecond.asr.model.ModelDescription;
import halfsecond.asr.model.ModelManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows the catalogue. */
@Command(
    name = "list",
    description = {
      "Lists the model versions on this machine, what they are and where they came from."
    },
    footer = {"", "Example:", "  halfsecond model list"})
final class ModelListCommand implements Callable<Integer> {

  private final CommandContext context;

  ModelListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = context.terminal().out();
    CatalogueListing listing = Models.catalogue(context).list();
    listing.models().forEach(model -> print(out, model.manifest()));
    listing
        .damaged()
        .forEach(model -> out.println(model.directory() + "\n  damaged   " + model.problem()));
    if (listing.models().isEmpty() && listing.damaged().isEmpty()) {
      context
          .terminal()
          .err()
          .println("no models in " + context.home().models() + "; try: halfsecond model prepare");
    }
    return listing.damaged().isEmpty() ? ExitCode.OK : ExitCode.CONFIG;
  }

  private static void print(PrintStream out, ModelManifest manifest) {
    ModelDescription about = manifest.about();
    out.println(manifest.id());
    row(out, "language", about.language());
    row(out, "hash", manifest.contentHash());
    row(out, "prepared", manifest.preparedAt().toString());
    row(out, "source", about.source().origin() + " (" + about.license() + ")");
    row(out, "settings", text(about.parameters()));
    if (!about.tools().isEmpty()) {
      row(out, "made with", text(about.tools()));
    }
  }

  private static void row(PrintStream out, String name, String value) {
    out.printf(Locale.ROOT, "  %-9s %s%n", name, value);
  }

  private static String text(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }
}
