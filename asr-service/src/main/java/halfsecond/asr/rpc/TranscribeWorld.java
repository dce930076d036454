// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.ActiveClips;
import halfsecond.asr.serving.LoadedModels;
import halfsecond.common.concurrent.Scheduler;

/** What every Transcribe call works with; owned by the server. */
record TranscribeWorld(
    LoadedModels models,
    ActiveClips clips,
    LoadReport load,
    Scheduler scheduler,
    TranscribeLimits limits,
    AsrTelemetry telemetry) {}
