/** Files of an opinion, in the browser: says before sending what would not be taken, and on the receipt compares a file of one's own. Both work without a network. */
(() => {
  'use strict';

  for (const place of document.querySelectorAll('[data-file-limits]')) {
    const input = place.querySelector('input[type="file"]');
    const said = place.querySelector('[role="alert"]');
    const { files: most, fileBytes, totalBytes } = place.dataset;
    const words = (name) => said.getAttribute(`data-${name}`);

    /** What is wrong with the chosen files; empty where nothing is. */
    const fault = () => {
      const chosen = [...input.files];
      if (chosen.length > Number(most)) return words('too-many');
      const large = chosen.filter(({ size }) => size > Number(fileBytes)).map(({ name }) => name);
      if (large.length > 0) return words('too-large') + large.join('、');
      return chosen.reduce((sum, { size }) => sum + size, 0) > Number(totalBytes) ? words('total') : '';
    };
    const check = () => {
      said.textContent = fault();
      said.hidden = said.textContent === '';
      return said.hidden;
    };
    input.addEventListener('change', check);
    // Sent all the same, a file above the server's limit would cost the text too. Capturing, so that nobody takes the form for sent.
    input.form?.addEventListener('submit', (event) => {
      if (check()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      input.focus();
    }, { capture: true });
  }

  const own = document.getElementById('file-check');
  if (!own || !window.crypto?.subtle) return;
  own.hidden = false;
  const [input, verdict] = [own.querySelector('input'), own.querySelector('[role="status"]')];
  input.addEventListener('change', async () => {
    const [file] = input.files;
    verdict.textContent = '';
    if (!file) return;
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const digest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const attached = [...document.querySelectorAll('[data-digest]')];
    const at = attached.findIndex((item) => item.dataset.digest === digest);
    const { same, other } = own.dataset;
    verdict.textContent = at < 0 ? other.replace('{digest}', () => digest) : same.replace('{no}', String(at + 1)).replace('{name}', () => attached[at].dataset.name);
  });
})();
