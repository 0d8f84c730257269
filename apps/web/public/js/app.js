/** Makes pages nicer; every page works without it. */
(() => {
  'use strict';

  /** The error summary takes the focus, so that a screen reader starts there. */
  document.querySelector('[data-focus]')?.focus();

  /** Who opens an opinion has read it: the button's form is sent without leaving the page, and the button says so. */
  for (const form of document.querySelectorAll('form[data-read]')) {
    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' })
      .then(() => form.remove())
      .catch(() => undefined);
  }

  /** Characters left, counted as people count them: a Chinese character is one. */
  for (const input of document.querySelectorAll('[data-max]')) {
    const counter = document.getElementById(`c-${input.id.slice(2)}`);
    if (!counter) continue;
    const max = Number(input.dataset.max);
    const show = () => {
      const rest = max - [...input.value].length;
      const text = rest < 0 ? counter.dataset.over : counter.dataset.remain;
      counter.textContent = text.replace('%', Math.abs(rest).toLocaleString('en'));
      counter.classList.toggle('field__counter--over', rest < 0);
    };
    input.addEventListener('input', show);
    show();
  }

  /** A form that was changed says so, and asks before it is left. */
  for (const form of document.querySelectorAll('form[data-unsaved]')) {
    let changed = false;
    const state = form.querySelector('[data-unsaved-text]');
    form.addEventListener('input', () => {
      changed = true;
      if (state) state.textContent = state.dataset.unsavedText;
    });
    form.addEventListener('submit', () => {
      changed = false;
    });
    window.addEventListener('beforeunload', (event) => {
      if (changed) event.preventDefault();
    });
  }
})();
