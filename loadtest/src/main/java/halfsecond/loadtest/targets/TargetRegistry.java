// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import halfsecond.asr.model.InstalledModel;
import halfsecond.common.lifecycle.Closer;
import halfsecond.loadtest.targets.HalfsecondTarget.Endpointing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The targets by their names on the command line. */
public final class TargetRegistry {
  private static final Map<String, Factory> FACTORIES =
      new TreeMap<>(
          Map.of(
              "halfsecond",
              TargetRegistry::halfsecond,
              "libvosk",
              (options, servers) -> OpenTarget.alone(LibvoskTarget.load(servers.models(), options)),
              "vosk-websocket",
              TargetRegistry::voskWebsocket,
              "vosk-standin",
              TargetRegistry::voskStandIn,
              "null",
              TargetRegistry::behindRouter,
              "null-direct",
              TargetRegistry::direct));

  private static final String STOCK_MODEL = "en-small@0";

  private TargetRegistry() {}

  /** All names, in order. */
  public static List<String> names() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * Opens a target, with a server of its own when the options name none and it needs one.
   *
   * @param servers starts servers
   * @throws IllegalArgumentException for a name that there is not, with those that there are, and
   *     for options that the target cannot use
   * @throws IOException if the server does not start or the model is not there
   */
  public static OpenTarget open(String name, TargetOptions options, Servers servers)
      throws IOException, InterruptedException {
    Factory factory = FACTORIES.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "there is no target \"" + name + "\": the targets are " + String.join(", ", names()));
    }
    return factory.open(options, servers);
  }

  private static OpenTarget halfsecond(TargetOptions options, Servers servers)
      throws IOException, InterruptedException {
    if (options.address().isPresent()) {
      return OpenTarget.alone(new HalfsecondTarget("halfsecond", Endpointing.SERVER, options));
    }
    Servers.Running suite = servers.suite(options.settings());
    return connected(
        () -> new HalfsecondTarget("halfsecond", Endpointing.SERVER, options.at(suite.router())),
        suite::processes,
        suite::close);
  }

  private static OpenTarget voskWebsocket(TargetOptions options, Servers servers) {
    String address =
        options
            .address()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "vosk-websocket needs the address of a vosk-server that runs, like"
                            + " ws://127.0.0.1:2700; without one, measure vosk-standin"));
    return OpenTarget.alone(new VoskWebsocketTarget("vosk-websocket", "vosk-server", address));
  }

  private static OpenTarget voskStandIn(TargetOptions options, Servers servers)
      throws IOException, InterruptedException {
    InstalledModel model =
        LibvoskTarget.find(
            servers.models(), Optional.of(options.modelVersion().orElse(STOCK_MODEL)));
    StandInProcess process = StandInProcess.start(model.directory());
    String what =
        "stand-in for vosk-server (Java, same protocol and engine calls), model " + model.id();
    return connected(
        () -> new VoskWebsocketTarget("vosk-standin", what, process.address()),
        () -> Map.of("vosk-standin", process.pid()),
        process::close);
  }

  private static OpenTarget behindRouter(TargetOptions options, Servers servers)
      throws IOException, InterruptedException {
    Closer closer = new Closer();
    try {
      NullRecognition recognition = closer.register(NullRecognition.start());
      Servers.Running router =
          closer.register(servers.router(recognition.address(), options.settings()));
      TargetOptions only = options.withoutModel().at(router.router());
      Target target = new HalfsecondTarget("null", Endpointing.CLIENT, only);
      return new OpenTarget(target, router::processes, closer::close);
    } catch (IOException | InterruptedException | RuntimeException e) {
      closer.closeAfter(e);
      throw e;
    }
  }

  private static OpenTarget direct(TargetOptions options, Servers servers) {
    NullRecognition recognition = NullRecognition.start();
    return connected(
        () ->
            new DirectTarget(
                "null-direct", recognition.address(), NullRecognition.MODEL, options.connections()),
        Map::of,
        recognition::close);
  }

  /** Connects, or stops what was started. */
  private static OpenTarget connected(
      Supplier<Target> connect, Supplier<Map<String, Long>> processes, Runnable stop) {
    boolean done = false;
    try {
      OpenTarget open = new OpenTarget(connect.get(), processes, stop);
      done = true;
      return open;
    } finally {
      if (!done) {
        stop.run();
      }
    }
  }

  @FunctionalInterface
  private interface Factory {
    OpenTarget open(TargetOptions options, Servers servers)
        throws IOException, InterruptedException;
  }
}
