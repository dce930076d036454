// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.install.Home;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up logging before the first logger is made. Everything from INFO goes to a file; a person
 * sees warnings only, except of {@code serve}, whose log is part of its answer and whose file is
 * its own. Transcripts are in neither.
 */
public final class Logs {

  /** Logger names' own levels do not matter here: this is the threshold of standard error. */
  private static final String ON_SCREEN = "halfsecond.log.screen";

  private static final String FILE = "halfsecond.log.file";
  private static final String CONFIGURATION = "logback.configurationFile";

  private Logs() {}

  /** For the command that {@code args} name. A system property that is set already wins. */
  public static void configure(Home home, String... args) {
    boolean serving = args.length > 0 && args[0].equals("serve");
    preset(CONFIGURATION, "halfsecond-logback.xml");
    preset(ON_SCREEN, serving ? "INFO" : "WARN");
    preset(FILE, home.logs().resolve(serving ? "serve.log" : "cli.log").toString());
    // gRPC logs through java.util.logging, which would write to standard error in a form of its
    // own.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Where this process logs to. */
  static String file() {
    return System.getProperty(FILE, "the log");
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
