/**
 * Where the milliseconds of one utterance went: collects the spans that services end, in this
 * process or in others that export them, and turns those of one utterance (or, without spans, the
 * breakdown in its final) into stages on one time axis.
 */
@NullMarked
package halfsecond.deploy.trace;

import org.jspecify.annotations.NullMarked;
