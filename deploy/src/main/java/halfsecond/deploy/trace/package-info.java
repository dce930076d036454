/**
 * Where the milliseconds of one utterance went: collects the spans that the services of this
 * process end, and turns those of one utterance (or, from another process, the breakdown in its
 * final) into stages on one time axis.
 */
@NullMarked
package halfsecond.deploy.trace;

import org.jspecify.annotations.NullMarked;
