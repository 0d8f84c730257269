/** What the scripts of the editor share: the parts of its page, and how JSON is sent to its addresses. Nothing where the page is another one. */
(() => {
  'use strict';

  const root = document.querySelector('[data-editor]');
  if (!root) return;
  const form = root.querySelector('.editor__form');
  const send = (method, end, body, signal) => fetch(`/console/policies/${root.dataset.policy}/${end}`, {
    method, signal, redirect: 'manual', credentials: 'same-origin', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-csrf-token': form.elements._csrf.value },
  });
  window.policyloopEditor = { root, form, area: form.elements.text, send };
})();
