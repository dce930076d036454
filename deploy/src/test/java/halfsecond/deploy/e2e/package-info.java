/**
 * The whole pipeline with real speech, the real model and real sockets: in one JVM and as four
 * processes. What a user would notice is asserted here; how fast it was is written to {@code
 * target/e2e}, never asserted.
 */
@NullMarked
package halfsecond.deploy.e2e;

import org.jspecify.annotations.NullMarked;
