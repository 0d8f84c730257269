/**
 * Keeps what is written in the form of an opinion: for who is signed in on the server, for everybody else in this browser alone, from where it is never sent.
 * Of two windows the newest save is the draft, and the other one is put aside.
 */
(() => {
  'use strict';

  const DAYS = 7;
  const MOST_ASIDE = 5;
  const PAUSE_MS = 1500;
  const FIELDS = ['text', 'stance', 'clauseId', 'quote', 'name'];
  /** In a browser that keeps nothing (private windows of some), reading and writing throw. */
  const attempt = (work) => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };

  /** What is kept under a name: `{values, by, at, key, aside: [{text, at}]}`, or null. */
  function kept(name) {
    const found = attempt(() => JSON.parse(localStorage.getItem(name)));
    return found && Date.now() - found.at < DAYS * 86_400_000 ? found : null;
  }
  /** Writes it, or takes it away where there is nothing left; answers whether that went well. */
  const keep = (name, draft) => attempt(() => {
    if (draft && (draft.values || draft.aside.length > 0)) localStorage.setItem(name, JSON.stringify(draft));
    else localStorage.removeItem(name);
    return true;
  }) ?? false;

  /** The post was taken: what was sent is no draft any more, and what another window wrote stays. */
  const sent = document.querySelector('[data-draft-sent]');
  if (sent) {
    const draft = kept(sent.dataset.draftSent);
    if (draft?.sending) keep(sent.dataset.draftSent, { ...draft, values: null, sending: false });
  }

  const place = document.querySelector('[data-draft]');
  const form = place?.closest('form');
  if (!form) return;
  const state = place.querySelector('[data-draft-state]');
  const read = () => Object.fromEntries(FIELDS.map((name) => [name, String(new FormData(form).get(name) ?? '')]));
  const words = ({ text, quote, name }) => [text, quote, name].some((value) => value?.trim());
  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  let timer;
  const device = place.dataset.device;
  const save = device ? onDevice(device) : onServer(place.dataset.save);
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  });

  function onServer(url) {
    let running = null;
    let again = false;
    form.addEventListener('submit', () => {
      clearTimeout(timer);
      running?.abort();
      again = false;
    });
    async function saveNow() {
      if (running) {
        again = true;
        return;
      }
      running = new AbortController();
      try {
        const body = new URLSearchParams({ ...read(), _csrf: form.elements._csrf.value, _key: form.elements._key.value, _draft: form.elements._draft.value });
        const answer = await fetch(url, { method: 'POST', body, signal: running.signal, redirect: 'error' });
        if (!answer.ok) throw new Error(String(answer.status));
        const { draft, overtook } = await answer.json();
        form.elements._draft.value = draft;
        say(overtook ? place.dataset.overtook : place.dataset.saved);
        form.querySelector('[data-unsaved-text]').textContent = '';
      } catch (error) {
        if (error.name !== 'AbortError') say(place.dataset.failed);
      } finally {
        running = null;
      }
      if (again) {
        again = false;
        await saveNow();
      }
    }
    return saveNow;
  }

  function onDevice(name) {
    const me = `${Date.now()}-${Math.random()}`;
    const notice = document.querySelector('[data-draft-notice]');
    const asideNotice = document.querySelector('[data-draft-aside]');
    const buttons = [...document.querySelectorAll('[data-draft-delete]')];
    /** The save that this window knows of: another one was made by another window. */
    let known = kept(name)?.by ?? null;

    function showAside() {
      const [newest] = kept(name)?.aside ?? [];
      asideNotice.hidden = !newest;
      if (!newest) return;
      const title = asideNotice.querySelector('.notice__title');
      title.dataset.words ??= title.lastChild.textContent;
      title.lastChild.textContent = title.dataset.words.replace('%', new Date(newest.at).toLocaleString(document.documentElement.lang));
      asideNotice.querySelector('[data-draft-words]').textContent = newest.text;
    }

    function restore() {
      const draft = kept(name);
      // What came back from a refusal is newer than any draft; so are the words that a link brought.
      if (!draft?.values || words(read())) return;
      for (const field of FIELDS) {
        const input = form.elements[field];
        const value = draft.values[field];
        if (input && value && !(input.value && field === 'clauseId')) input.value = value;
      }
      form.elements.text?.dispatchEvent(new Event('input', { bubbles: true }));
      clearTimeout(timer);
      notice.hidden = false;
    }

    function saveNow() {
      const before = kept(name);
      const values = words(read()) ? read() : null;
      const other = before?.values && before.by !== known && before.values.text.trim() && before.values.text !== values?.text ? [{ text: before.values.text, at: before.at }] : [];
      const aside = [...other, ...(before?.aside ?? [])].slice(0, MOST_ASIDE);
      known = me;
      const good = keep(name, { values, by: me, at: Date.now(), sending: false, aside });
      for (const button of buttons) button.hidden = !good || !values;
      say(good ? (values ? place.dataset.kept : '') : place.dataset.failed);
      showAside();
    }

    for (const button of buttons) {
      button.addEventListener('click', () => {
        clearTimeout(timer);
        form.reset();
        for (const field of ['text', 'quote', 'name']) if (form.elements[field]) form.elements[field].value = '';
        keep(name, { ...kept(name), values: null, aside: kept(name)?.aside ?? [] });
        known = kept(name)?.by ?? null;
        notice.hidden = true;
        for (const each of buttons) each.hidden = true;
        say('');
        form.elements.text.focus();
      });
    }
    asideNotice.querySelector('[data-draft-drop]').addEventListener('click', () => {
      const draft = kept(name);
      if (draft) keep(name, { ...draft, aside: draft.aside.slice(1) });
      showAside();
      form.elements.text.focus();
    });
    form.addEventListener('submit', () => {
      clearTimeout(timer);
      saveNow();
      const draft = kept(name);
      if (draft) keep(name, { ...draft, sending: true });
    });
    // Somebody who leaves in the middle of a word keeps that too.
    window.addEventListener('pagehide', () => {
      if (!kept(name)?.sending && words(read()) && read().text !== kept(name)?.values?.text) saveNow();
    });

    restore();
    showAside();
    return saveNow;
  }
})();
