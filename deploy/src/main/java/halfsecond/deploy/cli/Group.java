// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others: given alone, it teaches which. */
abstract class Group implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public final Integer call() {
    var line = Objects.requireNonNull(spec, "spec").commandLine();
    line.usage(line.getErr());
    return ExitCode.USAGE;
  }
}
