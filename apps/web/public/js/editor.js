/** The editor of a draft: live structure, automatic saves, and what could not be saved kept on this computer. The page works without it. */
(() => {
  'use strict';

  const root = document.querySelector('[data-editor]');
  if (!root) return;
  const form = root.querySelector('.editor__form');
  const area = form.elements.text;
  const note = form.elements.draftingNote;
  const seen = form.elements.seen;
  const pane = root.querySelector('[data-structure]');
  const address = `/console/policies/${root.dataset.policy}`;
  const stored = `policyloop-draft:${root.dataset.version}`;
  const editor = window.crypto?.randomUUID?.() ?? String(Math.random()).slice(2);
  const words = root.dataset;

  const AFTER_TYPING = 2500;
  const LONGEST_WAIT = 20_000;
  const TRY_AGAIN = 10_000;
  const PREVIEW_AFTER = 300;

  const send = (path, method, body, signal) => fetch(address + path, {
    method, signal, redirect: 'manual', credentials: 'same-origin', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-csrf-token': form.elements._csrf.value },
  });

  // ---- what is saved and what is not

  const startsUnsaved = 'unsavedStart' in words || Boolean(document.querySelector('.error-summary'));
  let saved = startsUnsaved ? null : { text: area.value, note: note.value };
  let blocked = false;
  let leaving = false;
  let running = null;
  let timer = 0;
  let dirtySince = 0;

  const isDirty = () => !saved || saved.text !== area.value || saved.note !== note.value;
  const stateBox = root.querySelector('[data-state]');
  const show = (state, text) => {
    stateBox.dataset.state = state;
    stateBox.querySelector('[data-state-text]').textContent = text;
  };
  const trouble = (text) => {
    show('trouble', words.dirty);
    root.querySelector('[data-trouble]').textContent = text;
  };
  const clock = (at) => new Date(at).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' });

  const keepHere = () => {
    try {
      localStorage.setItem(stored, JSON.stringify({ text: area.value, note: note.value, seen: seen.value, at: new Date().toISOString() }));
    } catch {
      // No room or not allowed: the server's copy and the warning before leaving remain.
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(stored);
    } catch {
      // Not allowed: then nothing was kept either.
    }
  };

  /** Why a save was refused, and whether trying again is of any use. */
  const refusal = (answer) => {
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) return [words.signedOut, false];
    if (answer.status === 422) return [words.refused, false];
    return answer.status >= 500 || answer.status === 429 ? [words.offline, true] : [words.closed, false];
  };

  async function saveOnce() {
    const sent = { text: area.value, note: note.value };
    show('saving', words.saving);
    let answer;
    try {
      answer = await send('/draft', 'PUT', { seen: Number(seen.value), text: sent.text, draftingNote: sent.note, editor });
    } catch {
      keepHere();
      trouble(words.offline);
      plan(TRY_AGAIN);
      return;
    }
    if (answer.ok) {
      const { rowVersion, savedAt } = await answer.json();
      seen.value = rowVersion;
      saved = sent;
      root.querySelector('[data-trouble]').textContent = '';
      if (isDirty()) return plan(AFTER_TYPING);
      dirtySince = 0;
      forget();
      show('saved', words.saved.replace('%', clock(savedAt)));
      return;
    }
    keepHere();
    if (answer.status === 409) {
      // The draft may also have been handed in: then there is nothing to merge with.
      const { met } = await answer.json().catch(() => ({ met: false }));
      blocked = true;
      return trouble(met ? words.conflict : words.closed);
    }
    const [text, again] = refusal(answer);
    trouble(text);
    if (again) plan(TRY_AGAIN);
    else blocked = answer.status !== 422;
  }

  function saveNow() {
    clearTimeout(timer);
    if (running) return running;
    if (blocked || leaving || !isDirty()) return Promise.resolve();
    running = saveOnce().finally(() => {
      running = null;
    });
    return running;
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => void saveNow(), wait);
  }

  let keeping = 0;
  function changed() {
    const now = performance.now();
    dirtySince ||= now;
    if (!isDirty()) return;
    if (!blocked) {
      show('dirty', words.dirty);
      plan(now - dirtySince > LONGEST_WAIT ? 0 : AFTER_TYPING);
    }
    clearTimeout(keeping);
    keeping = setTimeout(keepHere, 400);
  }

  area.addEventListener('input', () => {
    changed();
    planPreview();
  });
  note.addEventListener('input', changed);
  for (const field of [area, note]) field.addEventListener('blur', () => {
    if (dirtySince) void saveNow();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && dirtySince) {
      keepHere();
      void saveNow();
    }
  });
  window.addEventListener('online', () => void saveNow());
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && dirtySince && isDirty()) event.preventDefault();
  });

  // A save under way changes the row version that the form sends: it is waited for.
  form.addEventListener('submit', (event) => {
    if (running) {
      event.preventDefault();
      const { submitter } = event;
      void running.then(() => form.requestSubmit(submitter));
      return;
    }
    keepHere();
    leaving = true;
  });
  const takeIn = root.querySelector('[data-import]');
  takeIn?.addEventListener('submit', (event) => {
    if (!running && (blocked || !dirtySince || !isDirty())) {
      leaving = !blocked;
      return;
    }
    event.preventDefault();
    void saveNow().then(() => {
      leaving = true;
      takeIn.submit();
    });
  });
  // Back from the browser's memory: what was left is here again.
  window.addEventListener('pageshow', () => {
    leaving = false;
  });

  // ---- what could not be saved before

  const bare = (text) => text.replace(/\s+/g, '');
  let left = null;
  try {
    left = JSON.parse(localStorage.getItem(stored) ?? 'null');
  } catch {
    left = null;
  }
  if (left && bare(left.text) === bare(area.value) && bare(left.note) === bare(note.value)) forget();
  else if (left && !startsUnsaved) {
    const box = root.querySelector('[data-restore]');
    const title = box.querySelector('.notice__title');
    title.textContent = title.textContent.replace('%', clock(left.at));
    box.hidden = false;
    box.querySelector('[data-restore-yes]').addEventListener('click', () => {
      area.value = left.text;
      note.value = left.note;
      seen.value = left.seen;
      box.hidden = true;
      area.focus();
      changed();
      planPreview();
    });
    box.querySelector('[data-restore-no]').addEventListener('click', () => {
      forget();
      box.hidden = true;
      area.focus();
    });
  }
  show(startsUnsaved ? 'dirty' : 'clean', startsUnsaved ? words.dirty : words.clean);

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
      const answer = await send('/preview', 'POST', { text }, asked.signal);
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
  readRows();
})();
