/**
 * Has a worker solve the form's challenge while one writes. The question in words stays for browsers in which this does not run. A form that is sent
 * before its solution is there waits for it.
 */
(() => {
  'use strict';

  for (const place of document.querySelectorAll('[data-proof]')) {
    const form = place.closest('form');
    const solution = form?.elements._solution;
    if (!solution || !window.Worker) continue;
    const question = place.querySelector('[data-proof-question]');
    const state = place.querySelector('[role="status"]');
    const show = (text) => {
      question.hidden = true;
      state.textContent = text;
    };
    if (solution.value) {
      show(state.dataset.done);
      continue;
    }

    let waiting = null;
    const worker = new Worker(place.dataset.worker);
    /** The worker cannot run: the question is there again. */
    const giveUp = () => {
      worker.terminate();
      question.hidden = false;
      state.textContent = '';
      form.removeEventListener('submit', hold);
      waiting = null;
    };
    function hold(event) {
      // A draft is saved without a proof.
      if (solution.value || event.submitter?.hasAttribute('formaction')) return;
      event.preventDefault();
      waiting = { submitter: event.submitter };
      state.textContent = state.dataset.wait;
    }

    worker.onmessage = ({ data }) => {
      worker.terminate();
      solution.value = data;
      state.textContent = state.dataset.done;
      if (waiting) form.requestSubmit(waiting.submitter);
    };
    worker.onerror = giveUp;
    form.addEventListener('submit', hold);
    show(state.dataset.working);
    worker.postMessage({ token: place.dataset.proof, bits: Number(place.dataset.bits) });
  }
})();
