/* 讲堂: a topic from the list, Enter in the form, numbers light their cards, a file that was made is taken. */
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  let from = null, last = '';
  const light = (n) => {
    all('#lecture .cite.on, #lecture-side .card.on').forEach((element) => element.classList.remove('on'));
    const reader = document.querySelector('#reader .reader');
    if (reader) reader.hidden = true;
    document.body.classList.remove('reading');
    all(`#lecture .cite[data-n="${n}"]`).forEach((element) => element.classList.add('on'));
    const card = document.getElementById(`src-lecture-${n}`);
    if (!card) return;
    card.classList.add('on');
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button?.dataset.do === 'lecture-topic') {
      const field = button.closest('form').querySelector('[name=topic]');
      field.value = button.dataset.topic; field.focus({ preventScroll: true });
    }
    if (button?.dataset.do === 'lecture-authority') { from = button; light(button.dataset.n); }
    if (button?.dataset.do === 'lecture-return') { from?.scrollIntoView({ block: 'center' }); from?.focus({ preventScroll: true }); }
    if (event.target.closest('#lecture [data-act=make], #lecture [data-act=plan], #lecture-side [data-act=unroll]')) document.querySelector('#lecture').scrollTop = 0;
  });
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('.lecture-form, .outline, #lecture-side .find')) return;
    event.preventDefault(); /* a form of ours is sent by its button */
    event.target.querySelector('[data-act=plan], [data-act=find]')?.click();
  }, true);
  const begin = () => {
    const holder = document.querySelector('#lecture-made');
    if (!holder) { setTimeout(begin, 50); return; }
    new MutationObserver(() => {
      const link = holder.querySelector('a[download]');
      if (!link || link.dataset.once === last) return;
      last = link.dataset.once;
      link.click();
    }).observe(holder, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-once'] });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
