// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Ticker;
import halfsecond.router.admission.Admission;
import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.model.ModelChooser;
import halfsecond.router.model.ModelDirectory;
import halfsecond.router.record.RecordSink;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.time.Duration;

/**
 * What all sessions share.
 *
 * @param deliverShare the part of the budget that is kept for bringing the final to the client
 */
public record SessionServices(
    VadPort vad,
    RecognitionPort recognition,
    ModelChooser models,
    ModelDirectory directory,
    Admission admission,
    RecordSink records,
    Tracer tracer,
    RouterMetrics metrics,
    Ticker ticker,
    Clock clock,
    SessionLimits limits,
    Duration deliverShare) {}
