// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import com.typesafe.config.Config;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line that every service has: {@code --config}, {@code --print-config}, {@code
 * --version}, {@code --help}. Ends with the codes of {@link ServiceMain}.
 *
 * @param <C> the service's configuration
 */
@Command(mixinStandardHelpOptions = true)
public final class ServiceCommand<C> implements Callable<Integer> {

  /**
   * How a service's configuration is read.
   *
   * @param load from everything that was configured
   * @param render the effective values, one a line with where each comes from
   */
  public record Configuration<C>(Function<Config, C> load, Function<Config, String> render) {}

  /** Starts a service that is configured. */
  @FunctionalInterface
  public interface Starter<C> {
    /** As {@link ServiceMain.Starter#start}. */
    void start(C config, Closer closer) throws Exception;
  }

  private final String name;
  private final Configuration<C> configuration;
  private final Starter<C> starter;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration that goes before the built-in reference.conf.")
  private @Nullable Path file;

  @Option(
      names = "--print-config",
      description = "Print the effective configuration and where each value comes from, and exit.")
  private boolean printConfig;

  // Set by picocli before call().
  @Spec private CommandSpec spec = CommandSpec.create();

  private ServiceCommand(String name, Configuration<C> configuration, Starter<C> starter) {
    this.name = name;
    this.configuration = configuration;
    this.starter = starter;
  }

  /**
   * The command line of a service.
   *
   * @param name of the service, e.g. {@code vad-service}
   * @param description one sentence for the help
   * @param main whose jar says the version; run from class folders there is none
   */
  public static <C> CommandLine of(
      String name,
      String description,
      Class<?> main,
      Configuration<C> configuration,
      Starter<C> starter) {
    CommandSpec spec =
        CommandSpec.forAnnotatedObject(new ServiceCommand<>(name, configuration, starter))
            .name(name)
            .exitCodeOnInvalidInput(ServiceMain.BAD_USAGE)
            .versionProvider(() -> new String[] {name + " " + version(main)});
    spec.usageMessage().description(description);
    return new CommandLine(spec)
        .setExecutionExceptionHandler((e, line, parsed) -> ServiceMain.CRASH);
  }

  @Override
  public Integer call() {
    return printConfig
        ? print()
        : ServiceMain.run(
            name, closer -> starter.start(configuration.load().apply(root()), closer));
  }

  private int print() {
    CommandLine line = spec.commandLine();
    try {
      line.getOut().println(configuration.render().apply(root()));
      line.getOut().flush();
      return ServiceMain.CLEAN;
    } catch (ConfigException e) {
      line.getErr().println(name + ": " + e.getMessage());
      line.getErr().flush();
      return ServiceMain.BAD_CONFIG;
    }
  }

  private Config root() {
    return ConfigFiles.load(Optional.ofNullable(file));
  }

  private static String version(Class<?> main) {
    String version = main.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
