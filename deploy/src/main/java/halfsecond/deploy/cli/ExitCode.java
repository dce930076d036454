// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

/** What the process tells its caller: the numbers of BSD's sysexits where they fit. */
public final class ExitCode {

  /** It worked. */
  public static final int OK = 0;

  /** The command line is wrong. */
  public static final int USAGE = 64;

  /** A file is not audio that can be recognized, or the server refused it for what it is. */
  public static final int BAD_DATA = 65;

  /** A file that was named does not exist or cannot be read. */
  public static final int NO_INPUT = 66;

  /** A service that is needed cannot be reached, is full, or is not healthy. */
  public static final int UNAVAILABLE = 69;

  /** A bug. */
  public static final int CRASH = 70;

  /** The configuration, or something on this machine that it names, is not right. */
  public static final int CONFIG = 78;

  /** Ctrl-C before the work was done. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
