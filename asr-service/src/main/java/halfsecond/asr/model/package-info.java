/**
 * Models as things with a name, a version and a content hash: the catalogue directory that holds
 * them, the manifest that says what they are, and the two ways they come into being (fetched from a
 * Maven artifact, prepared from a fetched one). Plain files only: nothing here loads a model, so
 * that everything a version is can be checked before native code sees it.
 */
@NullMarked
package halfsecond.asr.model;

import org.jspecify.annotations.NullMarked;
