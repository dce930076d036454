/** The speech recognition service: its configuration, its composition, its process. */
@NullMarked
package halfsecond.asr;

import org.jspecify.annotations.NullMarked;
