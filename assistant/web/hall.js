/* 讲堂: the address tells the part; a part is opened when it is first turned to; keys; files are taken. */
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  let last = '';
  const part = () => document.body.dataset.page === 'lecture' ? document.body.dataset.part : '';
  const column = () => part() && $(`#${part()}`);
  const open = () => column() && $('#bar .stand') && $('.shut [data-act=open]', column())?.click();
  const turn = () => {
    const [page, name = ''] = location.hash.slice(1).split('/');
    document.body.dataset.part = page === 'lecture' && ['quiz', 'drill'].includes(name) ? name : '';
    all('#hall a').forEach((link) => { if (link.dataset.part === document.body.dataset.part) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current'); });
    setTimeout(open);
  };
  const unread = () => {
    const reader = $('#reader .reader');
    if (reader) reader.hidden = true;
    document.body.classList.remove('reading');
  };
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('.quiz-form, .options')) return;
    event.preventDefault(); /* a form of ours is sent by its button */
    $('[data-act=draw]:enabled, [data-act=answer]', event.target)?.click();
  }, true);
  document.addEventListener('keydown', (event) => { /* a letter or a digit is an option, Enter goes on */
    if (!column() || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && event.target.matches?.('.quiz-form input')) { event.preventDefault(); $('[data-act=draw]:enabled', column())?.click(); return; }
    if (event.target.matches?.('textarea, select, input:not([type=checkbox])') || document.body.classList.contains('reading')) return;
    const letter = /^[a-h]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
    const option = letter >= 0 && $(`.options [data-key="${letter}"]`, column());
    if (option) { event.preventDefault(); option.click(); }
    if (event.key !== 'Enter' || event.target.matches?.('button, a, summary')) return;
    const on = $('.go-on', column());
    if (on) { event.preventDefault(); on.click(); }
  });

  const steps = {};
  const settle = (name) => {
    const shown = $(`#${name}-page [data-step]`);
    const step = shown?.dataset.step ?? '';
    if (step === steps[name]) return;
    const before = steps[name];
    steps[name] = step;
    all('input', shown ?? undefined).forEach((field) => { /* Gradio patches in place: what a field shows has to follow its markup */
      if (field.closest(`#${name}`) === null) return;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = field.hasAttribute('checked'); else field.value = field.getAttribute('value') ?? '';
    });
    if (before === undefined || part() !== name) return;
    unread();
    if (shown && $(`#${name}`).contains(document.activeElement)) { shown.tabIndex = -1; shown.focus({ preventScroll: true }); } /* patched in place, the button pressed may be another now */
    const top = $(`#${name}`), verdict = $(`#${name} .came`);
    top.scrollTop = 0;
    if (top.getBoundingClientRect().top < 0) $('#hall').scrollIntoView();
    if (verdict) (verdict.nextElementSibling ?? verdict).scrollIntoView({ block: 'nearest' });
  };
  const taken = () => {
    const made = $('#quiz-made [data-once]');
    if (!made || made.dataset.once === last) return;
    last = made.dataset.once;
    if (made.matches('a[download]')) { made.click(); return; }
    const note = document.createElement('p');
    note.className = 'notice'; note.setAttribute('role', 'status'); note.textContent = made.textContent;
    document.body.append(note);
    setTimeout(() => note.remove(), 6000);
  };
  const begin = () => {
    if (!$('#hall a') || !$('#quiz-page') || !$('#drill-page') || !$('#quiz-made') || !$('#bar .stand')) { setTimeout(begin, 50); return; }
    const watched = { childList: true, subtree: true, attributes: true, attributeFilter: ['data-once', 'data-step'] };
    for (const name of ['quiz', 'drill']) new MutationObserver(() => settle(name)).observe($(`#${name}-page`), watched);
    new MutationObserver(taken).observe($('#quiz-made'), watched);
    addEventListener('hashchange', turn);
    turn();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
