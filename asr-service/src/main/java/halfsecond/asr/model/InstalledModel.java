// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.nio.file.Path;

/**
 * A version in a catalogue whose manifest is readable and whose files are all there with their
 * sizes. That the contents are right as well is what {@link ModelCatalogue#verify} finds out.
 *
 * @param id its name and version
 * @param directory what to load for open recognition
 * @param grammarDirectory what to load for recognition within a phrase list: the same model without
 *     the static graph, which takes none. The same as {@code directory} when that has no static
 *     graph
 * @param manifest what it is
 */
public record InstalledModel(
    ModelId id, Path directory, Path grammarDirectory, ModelManifest manifest) {}
