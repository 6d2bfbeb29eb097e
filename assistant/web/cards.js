/* Every page but 咨询: a number lights its card, a card leads back to the number, a file that was made is taken. */
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const smooth = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  const PLACES = { /* what the numbers of a page are named after: the columns that hold numbers, and how its cards are called */
    assess: ['#assess, #assess-side', 'assess'], paper: ['#papers, #papers-side', 'paper'], lecture: ['#lecture, #lecture-side', 'lecture'],
    quiz: ['#quiz, #quiz-side', 'quiz'], drill: ['#drill, #drill-side', 'drill'], selfcheck: ['#selfcheck-main, #selfcheck-right', 'selfcheck'],
  };
  const from = {}; /* the number that was followed, for the way back on a narrow page */
  const light = (place, n) => {
    const [columns, called] = PLACES[place];
    all(`:is(${columns}) :is(.cite, .card).on`).forEach((element) => element.classList.remove('on'));
    const reader = document.querySelector('#reader .reader');
    if (reader) reader.hidden = true;
    document.body.classList.remove('reading');
    all(`:is(${columns}) .cite[data-n="${n}"]`).forEach((element) => element.classList.add('on'));
    const card = document.getElementById(`src-${called}-${n}`);
    if (!card) return;
    card.classList.add('on');
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest', behavior: place === 'assess' ? smooth : 'auto' });
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    const [, place, what] = button?.dataset.do.match(/^(?:(\w+)-)?(authority|return)$/) ?? [];
    const name = place ?? (what === 'authority' ? 'assess' : '');
    if (!PLACES[name]) return;
    if (what === 'authority') { from[name] = button; light(name, button.dataset.n); }
    else { from[name]?.scrollIntoView({ block: 'center' }); from[name]?.focus({ preventScroll: true }); }
  });
  const watch = (page) => {
    const holder = document.querySelector(`#${page}-made`);
    if (!holder) { setTimeout(watch, 50, page); return; }
    let last = '';
    new MutationObserver(() => {
      const link = holder.querySelector('a[download]');
      if (!link || link.dataset.once === last) return;
      last = link.dataset.once;
      link.click();
    }).observe(holder, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-once'] });
  };
  const begin = () => ['papers', 'lecture', 'ledger', 'evidence', 'leads'].forEach((page) => watch(page));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
