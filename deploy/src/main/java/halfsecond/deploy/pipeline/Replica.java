// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.deploy.client.Endpoint;

/**
 * One of the processes that a service runs in.
 *
 * @param number from 0
 * @param name unique in its pipeline: the service's word, with the number when there are several
 */
public record Replica(Service service, int number, String name, Endpoint endpoint) {}
