/**
 * What the command line draws: progress, live hypotheses, timelines. Everything reads the same
 * without colours, and into a pipe goes plain text only.
 */
@NullMarked
package halfsecond.deploy.view;

import org.jspecify.annotations.NullMarked;
