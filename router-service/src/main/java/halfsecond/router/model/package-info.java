// SPDX-License-Identifier: Apache-2.0

/**
 * Which model version answers an utterance. The choice is made once per utterance by a rule and
 * recorded with the rule's name and probability, so that what follows can be judged later.
 */
@NullMarked
package halfsecond.router.model;

import org.jspecify.annotations.NullMarked;
