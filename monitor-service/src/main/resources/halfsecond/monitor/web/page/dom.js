// SPDX-License-Identifier: Apache-2.0
// Making elements. Text is always set as text, so nothing that a client sent can become markup.

const SVG = 'http://www.w3.org/2000/svg';

function apply(element, props) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'css') {
      // Through the object model: the page's policy allows no style attributes.
      for (const [property, to] of Object.entries(value)) element.style.setProperty(property, to);
    } else if (name === 'value' || name === 'checked' || name === 'selected') {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** An HTML element. `on...` props are listeners, `css` sets style properties, falsy ones are left out. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  add(element, children);
  apply(element, props);
  return element;
}

/** An SVG element. */
export function s(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  apply(element, props);
  return add(element, children);
}

/** The element within `root` that has the focus, by its `data-key`; null if none. */
export function focusedKey(root) {
  const active = document.activeElement;
  return active && root.contains(active) ? active.closest('[data-key]')?.dataset.key ?? null : null;
}

/** Gives the focus back to what had it before the content was made anew. */
export function restoreFocus(root, key) {
  if (key === null) return;
  for (const candidate of root.querySelectorAll('[data-key]')) {
    if (candidate.dataset.key === key) {
      candidate.focus({preventScroll: true});
      return;
    }
  }
}

/** Replaces the content; the focus stays where it was if what had it is still there. */
export function fill(root, ...children) {
  const key = focusedKey(root);
  root.replaceChildren();
  add(root, children);
  restoreFocus(root, key);
}

let ids = 0;
export function freshId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}
