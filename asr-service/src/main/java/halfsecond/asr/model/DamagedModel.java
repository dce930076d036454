// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something in a catalogue that is not a usable version.
 *
 * @param directory where it is
 * @param id what the directory names spell, if they spell an id
 * @param problem what is wrong, for the operator
 */
public record DamagedModel(Path directory, Optional<ModelId> id, String problem) {}
