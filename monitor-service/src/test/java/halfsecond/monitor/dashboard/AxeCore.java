// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** The accessibility checker, which runs in the page. */
final class AxeCore {
  private static final String POM = "/META-INF/maven/org.webjars.npm/axe-core/pom.properties";

  private AxeCore() {}

  static String script() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = resource(POM)) {
      properties.load(in);
    }
    String version = properties.getProperty("version");
    try (InputStream in =
        resource("/META-INF/resources/webjars/axe-core/" + version + "/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(AxeCore.class.getResourceAsStream(name), name);
  }
}
