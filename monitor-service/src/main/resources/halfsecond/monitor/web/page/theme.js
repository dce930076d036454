// SPDX-License-Identifier: Apache-2.0
// Dark, light, or as the system says; and what else this browser remembers.

const CHOICES = ['auto', 'light', 'dark'];

export function remembered(key, otherwise) {
  try {
    return localStorage.getItem(`halfsecond.${key}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`halfsecond.${key}`, value);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

export const theme = () => remembered('theme', 'auto');

export function setTheme(choice) {
  const known = CHOICES.includes(choice) ? choice : 'auto';
  if (known === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', known);
  remember('theme', known);
}

export const nextTheme = () => CHOICES[(CHOICES.indexOf(theme()) + 1) % CHOICES.length];
