// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import java.util.NavigableMap;

/**
 * What was asked for.
 *
 * @param covered what the figures cover: the span asked for, widened to whole windows and cut to
 *     what is kept
 * @param all all versions together
 * @param byVersion each version alone; empty if nothing matches, in the span or outside of it
 */
public record Summary(TimeSpan covered, Cell all, NavigableMap<String, Cell> byVersion) {}
