// SPDX-License-Identifier: Apache-2.0
/**
 * What the steps that every millisecond of audio goes through cost on one core, measured with JMH.
 * Each benchmark works in pieces of 20 ms, the size of a message of a live client, so that its
 * result divided by 20 ms is the share of a core that one live session takes. How to run them is in
 * the module's README.
 */
@NullMarked
package halfsecond.loadtest.benchmark;

import org.jspecify.annotations.NullMarked;
