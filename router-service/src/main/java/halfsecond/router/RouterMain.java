// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import com.typesafe.config.Config;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigFiles;
import halfsecond.common.lifecycle.ServiceMain;
import halfsecond.common.telemetry.Telemetry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service as a process of its own. */
@Command(
    name = "router-service",
    description = "Recognizes speech within a latency budget. Serves halfsecond.speech.v1.",
    mixinStandardHelpOptions = true,
    versionProvider = RouterMain.Version.class)
public final class RouterMain implements Callable<Integer> {
  private static final String NAME = "router-service";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration that goes before the built-in reference.conf.")
  private @Nullable Path config;

  @Option(
      names = "--print-config",
      description = "Print the effective configuration and where each value comes from, and exit.")
  private boolean printConfig;

  @Spec private @Nullable CommandSpec spec;

  private RouterMain() {}

  /** Ends the process with 0 (clean), 64 (bad usage), 70 (crash) or 78 (bad configuration). */
  public static void main(String... arguments) {
    // Names are resolved again every few seconds; by default the JVM remembers answers for 30 s.
    Security.setProperty("networkaddress.cache.ttl", "1");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(
            CommandSpec.forAnnotatedObject(new RouterMain())
                .exitCodeOnInvalidInput(ServiceMain.BAD_USAGE))
        .setExecutionExceptionHandler((e, line, parsed) -> ServiceMain.CRASH);
  }

  @Override
  public Integer call() {
    if (printConfig) {
      return print();
    }
    return ServiceMain.run(
        NAME,
        closer -> {
          RouterConfig loaded = RouterConfig.load(root());
          Telemetry telemetry =
              closer.register(Telemetry.create(NAME, loaded.telemetry(), List.of()));
          closer.register(RouterServer.start(loaded, telemetry));
        });
  }

  private int print() {
    CommandLine line = Objects.requireNonNull(spec, "spec").commandLine();
    try {
      PrintWriter out = line.getOut();
      out.println(RouterConfig.render(root()));
      out.flush();
      return ServiceMain.CLEAN;
    } catch (ConfigException e) {
      line.getErr().println(NAME + ": " + e.getMessage());
      line.getErr().flush();
      return ServiceMain.BAD_CONFIG;
    }
  }

  private Config root() {
    return ConfigFiles.load(Optional.ofNullable(config));
  }

  /** The version of the jar; none when run from class folders. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RouterMain.class.getPackage().getImplementationVersion();
      return new String[] {NAME + " " + (version == null ? "(development)" : version)};
    }
  }
}
