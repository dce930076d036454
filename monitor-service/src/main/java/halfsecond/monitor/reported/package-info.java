/**
 * Judges what services report about themselves and what was declared: each metric by the test that
 * its declaration names, every five minutes. Knows nothing of gRPC.
 */
@NullMarked
package halfsecond.monitor.reported;

import org.jspecify.annotations.NullMarked;
