/** The page that verifies a receipt, in the browser alone. Without this script, or without WebCrypto (plain HTTP), the form is sent to the server. */
(() => {
  'use strict';

  const root = document.getElementById('verify-receipt');
  if (!root || !window.crypto?.subtle || !window.policyloopReceiptProof) return;
  const form = root.querySelector('form');
  const { receiptFile, rootFile, receiptText, rootText } = form.elements;
  const place = document.getElementById('verdict');
  const template = (selector) => root.querySelector(`template${selector}`).content;

  for (const line of root.querySelectorAll('[data-online]')) line.hidden = true;
  for (const line of root.querySelectorAll('[data-offline]')) line.hidden = false;

  /** The text of a chosen file, or else what was pasted; null for bytes that are no UTF-8. */
  async function brought(input, area) {
    const [file] = input.files;
    if (!file) return area.value;
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      return null;
    }
  }

  const format = (value) => (typeof value === 'number' ? value.toLocaleString('en') : value);
  function show({ included, reason, params }) {
    const words = template('[data-reasons]').querySelector(`[data-reason="${reason}"]`).textContent.replace(/\{(\w+)\}/g, (_match, name) => String(format(params[name] ?? '')));
    const outcome = included ? 'yes' : reason === 'noProof' ? 'open' : 'no';
    const notice = template(`[data-verdict="${outcome}"]`).cloneNode(true);
    notice.querySelector('.notice__body > p:last-of-type').textContent = words;
    place.replaceChildren(notice);
    place.focus();
  }

  async function check() {
    show(await window.policyloopReceiptProof.verifyReceipt(await brought(receiptFile, receiptText), await brought(rootFile, rootText)));
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check();
  });

  // ---- both files at once: each tells what it is

  const isRoot = async (file) => /"format"\s*:\s*"policyloop-root"/.test(await file.slice(0, 4096).text());
  function put(input, file) {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
  }
  root.addEventListener('dragover', (event) => {
    event.preventDefault();
    root.classList.add('verify-receipt--over');
  });
  root.addEventListener('dragleave', () => root.classList.remove('verify-receipt--over'));
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    root.classList.remove('verify-receipt--over');
    const files = [...event.dataTransfer.files];
    void (async () => {
      for (const file of files) put(await isRoot(file) ? rootFile : receiptFile, file);
      if (receiptFile.files.length > 0 && rootFile.files.length > 0) await check();
    })();
  });
})();
