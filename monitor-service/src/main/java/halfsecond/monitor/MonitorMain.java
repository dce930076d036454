// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigFiles;
import halfsecond.common.config.ConfigReader;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.lifecycle.ServiceMain;
import halfsecond.common.telemetry.Telemetry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The monitor as a process. */
@Command(
    name = "monitor-service",
    mixinStandardHelpOptions = true,
    versionProvider = MonitorMain.Version.class,
    exitCodeOnInvalidInput = ServiceMain.BAD_USAGE,
    exitCodeOnExecutionException = ServiceMain.CRASH,
    description = "Takes utterance records and says how good each stage of the pipeline is.")
public final class MonitorMain implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "FILE", description = "HOCON file over the defaults.")
  private @Nullable Path file;

  @Option(names = "--print-config", description = "Print the effective configuration and end.")
  private boolean printConfig;

  // Set by picocli before call().
  @Spec private CommandSpec spec = CommandSpec.create();

  private MonitorMain() {}

  /** Runs until the process is told to end. Exit codes: see {@link ServiceMain}. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new MonitorMain());
  }

  @Override
  public Integer call() {
    return printConfig ? print() : ServiceMain.run("monitor-service", this::start);
  }

  private int print() {
    try {
      ConfigReader reader = read();
      MonitorConfig.from(reader);
      spec.commandLine().getOut().println(reader.render());
      return ServiceMain.CLEAN;
    } catch (ConfigException e) {
      spec.commandLine().getErr().println("monitor-service: " + e.getMessage());
      return ServiceMain.BAD_CONFIG;
    }
  }

  private void start(Closer closer) {
    MonitorConfig config = MonitorConfig.from(read());
    Telemetry telemetry =
        closer.register(Telemetry.create("monitor-service", config.telemetry(), List.of()));
    closer.register(MonitorServer.start(config, telemetry));
  }

  private ConfigReader read() {
    return ConfigReader.of(ConfigFiles.load(Optional.ofNullable(file)), MonitorConfig.PATH);
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MonitorMain.class.getPackage().getImplementationVersion();
      return new String[] {"monitor-service " + (version == null ? "development" : version)};
    }
  }
}
