// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.model;

import halfsecond.router.utterance.Cohort;

/**
 * What a session asks for.
 *
 * @param model a name ("en-small"), one version of it ("en-small@2"), or empty for the default
 * @param languageCode BCP-47, or empty for whatever the model speaks
 * @param cohort who asks
 */
public record ModelRequest(String model, String languageCode, Cohort cohort) {}
