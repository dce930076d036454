// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
          "halfsecond.monitor.store { kind = postgres, postgres.password = \"hidden\" }");

  @Test
  void goToTheMonitorAlone() {
    Secrets secrets = Secrets.in(CONFIG);

    assertThat(secrets.variables(Service.MONITOR))
        .containsExactly(Map.entry("MONITOR_POSTGRES_PASSWORD", "hidden"));
    assertThat(secrets.variables(Service.ROUTER)).isEmpty();
    assertThat(secrets).hasToString("Secrets[MONITOR_POSTGRES_PASSWORD]");
  }

  @Test
  void areNotInheritedByTheOthers() {
    assertThat(Secrets.withheldFrom(Service.VAD))
        .contains("MONITOR_POSTGRES_PASSWORD", "MONITOR_WEBHOOK_AUTHORIZATION");
    assertThat(Secrets.withheldFrom(Service.MONITOR)).isEmpty();
  }

  @Test
  void leaveTheRestOfTheConfigurationAsItIs() {
    Config without = Secrets.removedFrom(CONFIG);

    assertThat(without.root().render()).doesNotContain("hidden");
    assertThat(without.getString("halfsecond.monitor.store.kind")).isEqualTo("postgres");
  }
}
