// SPDX-License-Identifier: Apache-2.0
// What the monitor's configuration says about budgets: for lines on charts, never for judgement.

let settings = {budget_seconds: 0.5, shares: {vad: 0.4, route: 0.1, asr: 0.4, deliver: 0.1}};

/** Asks once; without an answer the project's defaults hold. */
export async function loadSettings() {
  try {
    const response = await fetch('settings.json');
    if (response.ok) settings = await response.json();
  } catch {
    // The outage is shown by what the panels meet.
  }
}

export const budget = () => settings.budget_seconds;

export const shares = () => ({
  STAGE_VAD: settings.shares.vad, STAGE_ROUTE: settings.shares.route, STAGE_ASR: settings.shares.asr,
  STAGE_DELIVER: settings.shares.deliver,
});
