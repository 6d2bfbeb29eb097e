/* 文书: numbers light their cards, a Word file that was made is taken. */
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  let from = null, last = '';
  const light = (n) => {
    all('#papers .cite.on, #papers-side .card.on').forEach((element) => element.classList.remove('on'));
    const reader = document.querySelector('#reader .reader');
    if (reader) reader.hidden = true;
    document.body.classList.remove('reading');
    all(`#papers .cite[data-n="${n}"]`).forEach((element) => element.classList.add('on'));
    const card = document.getElementById(`src-paper-${n}`);
    if (!card) return;
    card.classList.add('on');
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button?.dataset.do === 'paper-authority') { from = button; light(button.dataset.n); }
    if (button?.dataset.do === 'paper-return') { from?.scrollIntoView({ block: 'center' }); from?.focus({ preventScroll: true }); }
  });
  const begin = () => {
    const holder = document.querySelector('#papers-made');
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
