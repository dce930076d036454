// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.asr.model.ModelId;
import halfsecond.deploy.client.Endpoint;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line, runs the command that it names, and says what went wrong in one line. */
public final class CommandRunner {

  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
  private static final int HELP_WIDTH = 100;

  private CommandRunner() {}

  /**
   * Runs to the end on the calling thread.
   *
   * @return an exit code of {@link ExitCode}
   */
  public static int run(CommandContext context, String... args) {
    return commandLine(context).execute(args);
  }

  static CommandLine commandLine(CommandContext context) {
    CommandLine model =
        new CommandLine(new ModelCommand())
            .addSubcommand(new ModelListCommand(context))
            .addSubcommand(new ModelFetchCommand(context))
            .addSubcommand(new ModelPrepareCommand(context))
            .addSubcommand(new ModelVerifyCommand(context));
    CommandLine line =
        new CommandLine(new HalfsecondCommand())
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(new ServeCommand(context))
            .addSubcommand(new TranscribeCommand(context))
            .addSubcommand(new StreamCommand(context))
            .addSubcommand(new MicCommand(context))
            .addSubcommand(model)
            .addSubcommand(LoadtestCommands.commandLine(context))
            .addSubcommand(new StatusCommand(context));
    withHelp(line);
    boolean colour = context.terminal().outTty() && context.terminal().colour();
    return line.registerConverter(Endpoint.class, reading(Endpoint::parse))
        .registerConverter(ModelId.class, reading(ModelId::parse))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(context.terminal().out(), true, Charset.defaultCharset()))
        .setErr(new PrintWriter(context.terminal().err(), true, Charset.defaultCharset()))
        .setParameterExceptionHandler((problem, given) -> misused(context, problem))
        .setExecutionExceptionHandler((thrown, command, parsed) -> failed(context, thrown));
  }

  /** What a value may not be is said as picocli expects it. */
  private static <T> ITypeConverter<T> reading(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  private static void withHelp(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
      command.getCommandSpec().versionProvider(new Version());
      withHelp(command);
    }
  }

  private static int misused(CommandContext context, ParameterException problem) {
    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
    context.terminal().err().println("halfsecond: " + problem.getMessage());
    UnmatchedArgumentException.printSuggestions(problem, context.terminal().err());
    context.terminal().err().println("Try: " + name + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(CommandContext context, Exception thrown) {
    Failure failure = Failure.of(thrown);
    context.terminal().err().println("halfsecond: " + failure.message());
    if (failure.exitCode() == ExitCode.CRASH) {
      LOG.atError().setCause(thrown).log("command crashed");
      context.terminal().err().println("The details are in " + Logs.file());
    } else {
      LOG.atInfo().addKeyValue("exit_code", failure.exitCode()).log("command failed");
    }
    return failure.exitCode();
  }
}
