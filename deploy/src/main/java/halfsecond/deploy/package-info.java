/**
 * The {@code halfsecond} program: one entry point over everything that a person or a machine does
 * with the suite. The packages below it hold the commands, the pipelines that run the four
 * services, and the client they are spoken to with.
 */
@NullMarked
package halfsecond.deploy;

import org.jspecify.annotations.NullMarked;
