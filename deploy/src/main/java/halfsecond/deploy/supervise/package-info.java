/**
 * Keeps processes running: starts them, notices at once when one ends and soon when one hangs,
 * starts it again, slower each time, and replaces one on demand without haste. Knows nothing of
 * what the processes do.
 */
@NullMarked
package halfsecond.deploy.supervise;

import org.jspecify.annotations.NullMarked;
