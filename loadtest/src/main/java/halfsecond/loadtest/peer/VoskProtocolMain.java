// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.peer;

import halfsecond.asr.vosk.VoskEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Runs the stand-in for vosk-server as a process: one argument, the directory of a model. Writes
 * {@value #LISTENING} and its port once it serves, and ends when its standard input does, so that
 * it does not outlive whoever started it.
 */
public final class VoskProtocolMain {
  /** What the line with the port begins with. */
  public static final String LISTENING = "listening on ";

  private VoskProtocolMain() {}

  /** Exit code 0 after the end of the input, 64 for wrong arguments, 70 when it cannot start. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: VoskProtocolMain MODEL_DIRECTORY");
      System.exit(64);
    }
    try (VoskProtocolServer server =
        VoskProtocolServer.start(new VoskEngine().load(Path.of(args[0])), 0)) {
      System.out.println(LISTENING + server.port());
      // What is written to it means nothing; only the end does.
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(70);
    }
  }
}
