// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Starts servers to be measured, in processes of their own, on free ports of the loopback
 * interface.
 */
public interface Servers {
  /**
   * The catalogue of models, with those that halfsecond uses in it; makes them ready when they are
   * not, which takes a minute.
   */
  Path models() throws IOException, InterruptedException;

  /**
   * All services, as {@code halfsecond serve} runs them.
   *
   * @param settings configuration that differs from the defaults: full key to value
   */
  Running suite(Map<String, String> settings) throws IOException, InterruptedException;

  /**
   * A router and a detector, with recognition elsewhere.
   *
   * @param asrTarget host:port of what serves {@code halfsecond.asr.v1.AsrService}
   */
  Running router(String asrTarget, Map<String, String> settings)
      throws IOException, InterruptedException;

  /** Servers that run. Closing it stops them. */
  interface Running extends AutoCloseable {
    /** host:port of the router. */
    String router();

    /** Process ids by service, e.g. "router", "asr-0"; they change when one is started again. */
    Map<String, Long> processes();

    @Override
    void close();
  }
}
