// SPDX-License-Identifier: Apache-2.0
// Adds to a page that is complete without it: tooltips that follow the pointer, a switch between
// light and dark, and one for all tables. No markup characters here: the page is also read as XML.
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('scripted');

  document.getElementById('theme').addEventListener('click', function () {
    var system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    var now = root.dataset.theme || system;
    root.dataset.theme = now === 'dark' ? 'light' : 'dark';
  });

  var tables = document.getElementById('tables');
  tables.addEventListener('click', function () {
    var show = tables.textContent === 'Show all tables';
    document.querySelectorAll('details.data').forEach(function (details) {
      details.open = show;
    });
    tables.textContent = show ? 'Hide all tables' : 'Show all tables';
  });

  var tip = document.createElement('div');
  tip.id = 'tip';
  tip.hidden = true;
  tip.setAttribute('aria-hidden', 'true');
  document.body.appendChild(tip);

  // The browser's own tooltip is slow and small: the text moves to where ours reads it.
  document.querySelectorAll('.chart title').forEach(function (title) {
    title.parentNode.setAttribute('data-tip', title.textContent);
    title.remove();
  });
  document.addEventListener('pointermove', function (event) {
    var mark = event.target.closest ? event.target.closest('[data-tip]') : null;
    tip.hidden = !mark;
    if (mark) {
      tip.textContent = mark.getAttribute('data-tip');
      var left = event.clientX + 14;
      var room = window.innerWidth - tip.offsetWidth - 8;
      tip.style.left = Math.max(8, Math.min(left, room)) + 'px';
      var above = event.clientY - tip.offsetHeight - 12;
      tip.style.top = (Math.sign(above) === 1 ? above : event.clientY + 18) + 'px';
    }
  });
  document.addEventListener('scroll', function () { tip.hidden = true; }, true);
}());
