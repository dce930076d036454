/**
 * Runs the four services together: inside this JVM or as four processes, wired to each other, each
 * on its own port of the loopback interface. Start and stop orders are written here once: what is
 * needed starts first and stops last.
 */
@NullMarked
package halfsecond.deploy.pipeline;

import org.jspecify.annotations.NullMarked;
