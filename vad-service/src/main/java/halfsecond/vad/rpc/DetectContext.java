// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import halfsecond.common.concurrent.Ticker;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.endpoint.JudgeFactory;
import halfsecond.vad.telemetry.VadMetrics;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;

/**
 * What all calls share.
 *
 * @param defaults endpointing of streams that ask for nothing else
 * @param judges opens the detector of each stream
 * @param open the calls that are open
 * @param metrics where work is counted
 * @param tracer mints the traces of utterances
 * @param clock the wall clock of the traces
 * @param ticker measures how long messages take
 */
record DetectContext(
    EndpointingSettings defaults,
    JudgeFactory judges,
    OpenCalls open,
    VadMetrics metrics,
    Tracer tracer,
    Clock clock,
    Ticker ticker) {}
