// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

/** libvosk cannot be loaded on this machine. */
public final class EngineUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineUnavailableException(Throwable cause) {
    super(
        "libvosk does not load on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ": the Vosk artifact has it for Linux x86-64, macOS and Windows x86-64 only, and the C++ runtime must be installed",
        cause);
  }
}
