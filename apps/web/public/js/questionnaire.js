/** Shows a question as soon as it is asked; without this the server does, when the form is sent. The rule is that of `walk` (libs/core/questionnaire). */
(() => {
  'use strict';

  const root = document.querySelector('[data-questionnaire]');
  if (!root) return;
  const shown = root.querySelector('[name="_shown"]');

  const update = () => {
    const values = new Map();
    const holds = ({ dataset }) => {
      if (dataset.if === undefined) return true;
      if (!values.has(dataset.if)) return false;
      const has = dataset.values.split(' ').some((value) => values.get(dataset.if).includes(value));
      return dataset.is === 'any' ? has : !has;
    };
    for (const section of root.querySelectorAll('[data-section]')) {
      const open = holds(section);
      for (const question of section.querySelectorAll('[data-question]')) {
        const asked = open && holds(question);
        question.hidden = !asked;
        question.disabled = !asked;
        if (asked) values.set(question.dataset.question, [...question.querySelectorAll(':checked')].map((input) => input.value));
      }
      section.hidden = !section.querySelector('[data-question]:not([hidden])');
    }
    if (shown) shown.value = [...values.keys()].join(' ');
  };

  /** Who writes a text for a choice of one's own means that choice. */
  root.addEventListener('input', ({ target }) => {
    const box = target.classList.contains('q__other') && target.value !== '' ? target.closest('.q__choice').querySelector('.form-check-input') : null;
    if (box) box.checked = true;
    update();
  });
  update();
})();
