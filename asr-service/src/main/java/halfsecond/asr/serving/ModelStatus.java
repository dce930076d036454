// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.model.ModelId;
import halfsecond.asr.model.ModelManifest;
import java.util.Optional;

/**
 * One version and what became of it here.
 *
 * @param manifest absent if it cannot be read
 * @param activeClips clips in progress with it
 * @param problem why it is damaged; empty if it is not
 */
public record ModelStatus(
    ModelId id,
    ModelState state,
    Optional<ModelManifest> manifest,
    int activeClips,
    String problem) {}
