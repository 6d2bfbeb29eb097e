/* 企业自查: the open question is in sight, what is being typed stays, files are taken. */
(() => {
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  let last = '', open = '', busy = null;
  const say = (sentence) => {
    const note = document.createElement('p');
    note.className = 'notice'; note.setAttribute('role', 'status'); note.textContent = sentence;
    document.body.append(note);
    setTimeout(() => note.remove(), 6000);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button?.dataset.do === 'selfcheck-print') window.print();
    if (button?.dataset.do === 'selfcheck-file') $('#selfcheck input[type=file]')?.click();
    const made = event.target.closest('#selfcheck-main :is([data-act="word"], [data-act="pdf"], [data-act="handbook"])');
    if (made) { busy = made; made.classList.add('making'); }
  });
  document.addEventListener('keydown', (event) => { /* Enter in the form goes on; it never loads the page anew */
    if (event.key !== 'Enter' || event.isComposing || !event.target.matches?.('.sc form input')) return;
    event.preventDefault();
    event.target.closest('form').querySelector('[data-act="begin"]')?.click();
  });
  const settle = () => {
    const card = $('#sc-open'), step = $('#selfcheck-main .sc')?.dataset.step ?? '';
    const now = card ? card.dataset.question : step;
    all('#selfcheck-main :is(textarea, input:not([type=checkbox], [type=hidden]))').forEach((field) => { /* Gradio patches in place: a field of the question before must not keep its words */
      const holder = field.closest('[data-question]')?.dataset.question ?? step;
      if (field.dataset.of === holder) return;
      field.dataset.of = holder;
      field.value = field.matches('textarea') ? field.textContent : field.getAttribute('value') ?? '';
    });
    if (now === open) return;
    open = now;
    if (card) card.scrollIntoView({ block: 'center' });
    else if ($('#selfcheck')) $('#selfcheck').scrollTop = 0;
  };
  const taken = () => {
    const made = $('#selfcheck-made [data-once]');
    if (!made || made.dataset.once === last) return;
    last = made.dataset.once;
    busy?.classList.remove('making'); busy = null;
    if (made.matches('a[download]')) made.click(); else say(made.textContent);
  };
  const begin = () => {
    const main = $('#selfcheck-main'), holder = $('#selfcheck-made');
    if (!main || !holder) { setTimeout(begin, 50); return; }
    const watched = { childList: true, subtree: true, attributes: true, attributeFilter: ['data-once', 'data-question', 'data-step'] };
    new MutationObserver(settle).observe(main, watched);
    new MutationObserver(taken).observe(holder, watched);
    settle();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
