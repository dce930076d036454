// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What this program is, and what it runs on. */
final class Version implements IVersionProvider {

  /** From the jar's manifest; "development" when the classes do not come from a jar. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "halfsecond " + number(),
      "Java "
          + System.getProperty("java.version")
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
