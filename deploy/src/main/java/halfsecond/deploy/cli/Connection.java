// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.client.Endpoint;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.pipeline.Service;
import halfsecond.deploy.trace.SpanCollector;
import java.util.Map;
import java.util.Optional;

/**
 * A router to talk to, and what has to be closed after it.
 *
 * @param client speaks to it
 * @param spans the spans of its services, when they run in this process
 * @param endpoints where those listen; empty when they run elsewhere
 * @param owned closed after the client
 */
record Connection(
    SpeechClient client,
    Optional<SpanCollector> spans,
    Map<Service, Endpoint> endpoints,
    Runnable owned)
    implements AutoCloseable {

  @Override
  public void close() {
    try {
      client.close();
    } finally {
      owned.run();
    }
  }
}
