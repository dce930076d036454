// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.deploy.client.Endpoint;
import java.util.Map;

/** Four services that work together. Closing it drains them, the router first. */
public interface Pipeline extends AutoCloseable {

  /** Where each service listens, in the order of {@link Service}. */
  Map<Service, Endpoint> endpoints();

  /** Where clients go. */
  default Endpoint router() {
    return endpoint(Service.ROUTER);
  }

  /** Where one service listens. */
  default Endpoint endpoint(Service service) {
    Endpoint endpoint = endpoints().get(service);
    if (endpoint == null) {
      throw new IllegalStateException(service + " does not run");
    }
    return endpoint;
  }

  @Override
  void close();
}
