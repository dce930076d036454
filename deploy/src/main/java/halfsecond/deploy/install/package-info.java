/**
 * Where things are on this machine: the distribution that is running, and the folder that keeps
 * models and logs. Nothing else in this module builds a path.
 */
@NullMarked
package halfsecond.deploy.install;

import org.jspecify.annotations.NullMarked;
