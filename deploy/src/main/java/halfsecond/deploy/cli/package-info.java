/**
 * The commands of {@code halfsecond}. Each one teaches itself through {@code --help}, writes its
 * answers to standard output and everything else to standard error, and ends with an exit code of
 * {@link halfsecond.deploy.cli.ExitCode}.
 */
@NullMarked
package halfsecond.deploy.cli;

import org.jspecify.annotations.NullMarked;
