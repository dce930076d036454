// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.JudgeDesk;
import halfsecond.monitor.alarm.ReportedDesk;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.threshold.Thresholds;
import java.util.concurrent.Executor;

/**
 * What people decided and is kept.
 *
 * @param thresholds what people set
 * @param judge obeys it, about what records say
 * @param reported obeys it, about what services report
 * @param waiting runs the calls that change it, which wait for the store; owned by the caller
 */
public record Decisions(
    References references,
    Thresholds thresholds,
    JudgeDesk judge,
    ReportedDesk reported,
    Executor waiting) {}
