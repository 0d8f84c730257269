/** The editor of a draft: automatic saves, and what could not be saved kept on this computer. The page works without it. */
(() => {
  'use strict';

  if (!window.policyloopEditor) return;
  const { root, form, area, send } = window.policyloopEditor;
  const note = form.elements.draftingNote;
  const seen = form.elements.seen;
  const stored = `policyloop-draft:${root.dataset.version}`;
  const editor = window.crypto?.randomUUID?.() ?? String(Math.random()).slice(2);
  const words = root.dataset;

  const AFTER_TYPING = 2500;
  const LONGEST_WAIT = 20_000;
  const TRY_AGAIN = 10_000;

  const put = (body) => send('PUT', 'draft', body);

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
      answer = await put({ seen: Number(seen.value), text: sent.text, draftingNote: sent.note, editor });
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

  area.addEventListener('input', changed);
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

  /** Texts of drafts that were never opened again do not stay on this computer for ever. */
  const KEPT_DAYS = 14;
  function sweep() {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith('policyloop-draft:') && name !== stored)) {
      const { at } = JSON.parse(localStorage.getItem(key) ?? '{}');
      if (!(new Date() - new Date(at) < KEPT_DAYS * 86_400_000)) localStorage.removeItem(key);
    }
  }

  const bare = (text) => text.replace(/\s+/g, '');
  let left = null;
  try {
    left = JSON.parse(localStorage.getItem(stored) ?? 'null');
    sweep();
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
      area.dispatchEvent(new Event('input', { bubbles: true }));
    });
    box.querySelector('[data-restore-no]').addEventListener('click', () => {
      forget();
      box.hidden = true;
      area.focus();
    });
  }
  show(startsUnsaved ? 'dirty' : 'clean', startsUnsaved ? words.dirty : words.clean);
})();
