// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Options of the JVM that a service runs in. */
final class JavaOptions {

  /** Names the environment variable with an operator's own options, split at white space. */
  static final String ENVIRONMENT = "HALFSECOND_SERVICE_JAVA_OPTS";

  private static final List<String> EVERY_SERVICE =
      List.of(
          "-Xmx768m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "--enable-native-access=ALL-UNNAMED",
          "-Dlogback.configurationFile=halfsecond-service-logback.xml");

  /**
   * Recognition works in native code. What little Java there is gains nothing from the optimizing
   * compiler, which takes decoding's cores for minutes after a start.
   */
  private static final List<String> NATIVE_WORK = List.of("-XX:TieredStopAtLevel=1");

  private JavaOptions() {}

  /** An operator's options come last: where two set the same, the JVM takes the last one. */
  static List<String> of(Service service, Map<String, String> environment) {
    List<String> options = new ArrayList<>(EVERY_SERVICE);
    if (service == Service.ASR) {
      options.addAll(NATIVE_WORK);
    }
    String own = environment.getOrDefault(ENVIRONMENT, "").strip();
    if (!own.isEmpty()) {
      options.addAll(List.of(own.split("\\s+")));
    }
    return List.copyOf(options);
  }
}
