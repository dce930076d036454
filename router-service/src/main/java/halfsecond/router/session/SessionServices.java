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
import java.util.Optional;

/**
 * What all sessions share.
 *
 * @param redos told of them; empty when nobody wants to know, and nothing is compared
 * @param shares how the last part of the budget is spent
 */
public record SessionServices(
    VadPort vad,
    RecognitionPort recognition,
    ModelChooser models,
    ModelDirectory directory,
    Admission admission,
    RecordSink records,
    Optional<RedoSink> redos,
    Tracer tracer,
    RouterMetrics metrics,
    Scheduler scheduler,
    Clock clock,
    SessionLimits limits,
    AnswerShares shares,
    Replays replays) {}
