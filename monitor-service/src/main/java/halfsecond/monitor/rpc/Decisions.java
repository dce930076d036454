// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.threshold.Thresholds;
import java.util.concurrent.Executor;

/**
 * What people decided and is kept.
 *
 * @param thresholds what people set
 * @param judge obeys it
 * @param waiting runs the calls that change it, which wait for the store; owned by the caller
 */
public record Decisions(
    References references, Thresholds thresholds, JudgeDesk judge, Executor waiting) {}
