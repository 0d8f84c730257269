/** The structure of a draft beside its text: follows what is typed, leads to the place in the text, and back. The page works without it. */
(() => {
  'use strict';

  if (!window.policyloopEditor) return;
  const { root, area, send } = window.policyloopEditor;
  const pane = root.querySelector('[data-structure]');

  const PREVIEW_AFTER = 300;

  const ask = (text, signal) => send('POST', 'preview', { text }, signal);

  // ---- the structure, live

  const spoken = root.querySelector('[data-spoken]');
  let previewTimer = 0;
  let speakTimer = 0;
  let asked = null;
  let shown = area.value;
  let rows = [];

  function readRows() {
    rows = [...pane.querySelectorAll('[data-tree] a')].map((link) => ({ link, line: Number(link.dataset.line) }));
    // One stop for the Tab key; arrows go on from there.
    rows.forEach(({ link }, at) => {
      link.tabIndex = at === 0 ? 0 : -1;
    });
    mark();
  }

  function planPreview() {
    clearTimeout(previewTimer);
    previewTimer = setTimeout(() => void preview(), PREVIEW_AFTER);
  }

  async function preview() {
    if (area.value === shown) return;
    asked?.abort();
    asked = new AbortController();
    const text = area.value;
    try {
      const answer = await ask(text, asked.signal);
      if (!answer.ok) return;
      const html = await answer.text();
      if (area.value !== text) return planPreview();
      const at = rows.findIndex(({ link }) => link === document.activeElement);
      const { scrollTop } = pane;
      pane.innerHTML = html;
      pane.scrollTop = scrollTop;
      shown = text;
      readRows();
      if (at >= 0) rows[Math.min(at, rows.length - 1)]?.link.focus();
      speak();
    } catch {
      // Offline or overtaken: the next key press asks again.
    }
  }

  /** Says the figures when they have changed and the typing has stopped, and nothing else. */
  function speak() {
    clearTimeout(speakTimer);
    speakTimer = setTimeout(() => {
      const figures = pane.querySelector('[data-figures]')?.dataset.figures ?? '';
      if (spoken.textContent !== figures) spoken.textContent = figures;
    }, 1500);
  }

  // ---- from the structure to the text, and back

  const startOf = (line) => {
    let at = 0;
    for (let n = 1; n < line; n += 1) {
      const end = area.value.indexOf('\n', at);
      if (end < 0) break;
      at = end + 1;
    }
    return at;
  };

  function heightBefore(offset) {
    const mirror = document.createElement('div');
    mirror.className = 'form-control editor__area editor__mirror';
    mirror.style.width = `${area.clientWidth}px`;
    mirror.style.height = 'auto';
    mirror.style.minHeight = '0';
    mirror.style.border = '0';
    mirror.textContent = `${area.value.slice(0, offset)}\u200b`;
    document.body.append(mirror);
    const { height } = mirror.getBoundingClientRect();
    mirror.remove();
    return height;
  }

  function goTo(line) {
    if (root.dataset.pane) showPane('text');
    const from = startOf(line);
    const end = area.value.indexOf('\n', from);
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, end < 0 ? area.value.length : end);
    area.scrollTop = Math.max(0, heightBefore(from) - area.clientHeight / 3);
    area.scrollIntoView({ block: 'nearest' });
  }

  function mark() {
    const line = area.value.slice(0, area.selectionStart).split('\n').length;
    let at = -1;
    for (const [index, row] of rows.entries()) if (row.line <= line) at = index;
    for (const { link } of rows) if (link.hasAttribute('aria-current')) link.removeAttribute('aria-current');
    const link = rows[at]?.link;
    if (!link || document.activeElement !== area) return;
    link.setAttribute('aria-current', 'true');
    const top = link.offsetTop - pane.offsetTop;
    if (top < pane.scrollTop + 80 || top > pane.scrollTop + pane.clientHeight - 60) pane.scrollTop = top - pane.clientHeight / 3;
  }

  root.addEventListener('click', (event) => {
    const link = event.target.closest('[data-line]');
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line));
  });
  pane.addEventListener('keydown', (event) => {
    const at = rows.findIndex(({ link }) => link === document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = rows[to ?? -1];
    if (!next) return;
    event.preventDefault();
    rows[at].link.tabIndex = -1;
    next.link.tabIndex = 0;
    next.link.focus();
  });
  let marking = 0;
  document.addEventListener('selectionchange', () => {
    if (document.activeElement !== area) return;
    clearTimeout(marking);
    marking = setTimeout(mark, 150);
  });

  // ---- one pane at a time on a phone

  function showPane(name) {
    root.dataset.pane = name;
    for (const button of root.querySelectorAll('[data-show]')) button.setAttribute('aria-pressed', String(button.dataset.show === name));
  }
  root.querySelector('.editor__tabs').hidden = false;
  for (const button of root.querySelectorAll('[data-show]')) button.addEventListener('click', () => showPane(button.dataset.show));
  showPane('text');
  area.addEventListener('input', planPreview);
  readRows();
})();
