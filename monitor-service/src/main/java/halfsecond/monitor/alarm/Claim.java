// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Instant;

/**
 * That one of several monitors passes a notification on.
 *
 * @param id of the notification, see {@link Notification#id}
 * @param at when it was claimed
 * @param done whether it was taken
 */
public record Claim(String id, Instant at, boolean done) {}
