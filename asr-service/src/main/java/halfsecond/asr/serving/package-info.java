/**
 * The models that this process serves: loading, warming up and unloading versions while others are
 * in use, and leasing them to clips.
 */
@NullMarked
package halfsecond.asr.serving;

import org.jspecify.annotations.NullMarked;
