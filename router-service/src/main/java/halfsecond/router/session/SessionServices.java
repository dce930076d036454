// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.router.admission.Admission;
import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.model.ModelChooser;
import halfsecond.router.model.ModelDirectory;
import halfsecond.router.record.RecordSink;
import halfsecond.router.redo.RedoSink;
import halfsecond.router.replay.Replays;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;

/**
 * What all sessions share.
 *
 * @param shares how the last part of the budget is spent
 */
public record SessionServices(
    VadPort vad,
    RecognitionPort recognition,
    ModelChooser models,
    ModelDirectory directory,
    Admission admission,
    RecordSink records,
    RedoSink redos,
    Tracer tracer,
    RouterMetrics metrics,
    Scheduler scheduler,
    Clock clock,
    SessionLimits limits,
    AnswerShares shares,
    Replays replays) {}
