/* What needs no server: lighting a source, 简要/详细, 我是, copying, printing, explanations of terms, keys. */
(() => {
  const remembered = (key, otherwise) => { try { return localStorage.getItem('anheng.' + key) || otherwise; } catch { return otherwise; } };
  const remember = (key, value) => { try { localStorage.setItem('anheng.' + key, value); } catch { /* private window */ } };
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';

  /* choices of this reader, kept in the browser */
  const choose = (kind, value) => {
    document.body.dataset[kind] = value;
    remember(kind, value);
    all(`[data-do="${kind}"]`).forEach((b) => b.setAttribute('aria-pressed', String(b.dataset[kind] === value)));
    if (kind === 'role') all('.examples').forEach((list) => { list.hidden = list.dataset.for !== value; });
  };
  const turnTo = (page) => {
    document.body.dataset.page = page;
    all('#bar nav a').forEach((a) => { if (a.dataset.page === page) { a.setAttribute('aria-current', 'page'); a.parentElement.scrollLeft = a.offsetLeft - innerWidth / 2; } else a.removeAttribute('aria-current'); });
    back();
  };
  const restoreChoices = () => { choose('role', remembered('role', '检察官')); choose('depth', remembered('depth', 'full')); };

  /* sources */
  const showSources = (turn) => all('.sources').forEach((list) => { list.hidden = list.dataset.for !== turn; });
  const back = () => { const reader = $('#reader .reader'); if (reader) reader.hidden = true; document.body.classList.remove('reading'); };
  const unfold = (open) => {
    document.body.classList.toggle('unfolded', open);
    all('[data-do="fold"]').forEach((b) => b.setAttribute('aria-expanded', String(open)));
  };
  let lit = null;
  const light = (turn, n) => {
    back(); showSources(turn); unfold(true);
    all('.cite.on, .card.on').forEach((element) => element.classList.remove('on'));
    const card = document.getElementById(`src-${turn}-${n}`);
    all(`.cite[data-turn="${turn}"][data-n="${n}"]`).forEach((element) => element.classList.add('on'));
    if (!card) return;
    card.classList.add('on');
    lit = { turn, n };
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: 'nearest', behavior: calm() });
  };
  const relight = () => {
    if (!lit) return;
    document.getElementById(`src-${lit.turn}-${lit.n}`)?.classList.add('on');
    all(`.cite[data-turn="${lit.turn}"][data-n="${lit.n}"]`).forEach((element) => element.classList.add('on'));
  };

  /* a word to the reader */
  const say = (sentence) => {
    const note = document.createElement('p');
    note.className = 'notice'; note.setAttribute('role', 'status'); note.textContent = sentence;
    document.body.append(note);
    setTimeout(() => note.remove(), 2600);
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); }
    catch { /* not a secure context: an intranet address over plain http */
      const area = document.createElement('textarea');
      area.value = text; document.body.append(area); area.select();
      const done = document.execCommand('copy'); area.remove();
      if (!done) { say('浏览器不允许复制，请手动选择。'); return; }
    }
    say('已复制。');
  };
  const print = (button) => {
    const turn = button.closest('.turn');
    turn.classList.add('printing'); document.body.classList.add('print-one');
    window.print();
    turn.classList.remove('printing'); document.body.classList.remove('print-one');
  };

  const actions = {
    role: (b) => choose('role', b.dataset.role),
    depth: (b) => choose('depth', b.dataset.depth),
    page: (b) => turnTo(b.dataset.page),
    cite: (b) => light(b.dataset.turn, b.dataset.n),
    copy: (b) => copy(b.dataset.copy),
    print,
    back: () => { back(); relight(); },
    fold: () => unfold(!document.body.classList.contains('unfolded')),
    side: (b) => { const open = document.body.classList.toggle('side-open'); b.setAttribute('aria-expanded', String(open)); },
    wrong: (b) => {
      const form = $('form.wrong', b.closest('.answer'));
      form.hidden = !form.hidden; b.setAttribute('aria-expanded', String(!form.hidden));
      if (!form.hidden) { $('select', form).focus({ preventScroll: true }); form.scrollIntoView({ block: 'nearest' }); }
    },
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button) actions[button.dataset.do]?.(button);
    const act = event.target.closest('[data-act]');
    if (!act) return;
    if (act.dataset.act === 'open' || act.dataset.act === 'ask') document.body.classList.remove('side-open');
    if (act.dataset.act === 'wrong') { act.closest('form').hidden = true; }
  });
  document.addEventListener('submit', (event) => { if (event.target.matches('form.wrong')) event.preventDefault(); }, true);

  /* explanations of terms: hover, focus or tap; Esc closes */
  let tip = null;
  const hideTip = () => { tip?.remove(); tip = null; };
  const showTip = (term) => {
    hideTip();
    tip = document.createElement('div');
    tip.id = 'tip'; tip.setAttribute('role', 'tooltip'); tip.textContent = term.dataset.tip;
    document.body.append(tip);
    const at = term.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8));
    const under = at.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${under ? at.bottom + 6 : at.top - tip.offsetHeight - 6}px`;
    term.setAttribute('aria-describedby', 'tip');
  };
  for (const type of ['mouseover', 'focusin', 'click']) {
    document.addEventListener(type, (event) => {
      const term = event.target.closest?.('.term');
      if (term) showTip(term); else if (type !== 'mouseover' || !event.target.closest?.('#tip')) hideTip();
    });
  }
  document.addEventListener('scroll', hideTip, true);

  /* keys: a word still being composed is not sent; Esc stops */
  let composed = false; /* Safari ends the composition before the key that ends it is let go */
  for (const type of ['keydown', 'keypress', 'keyup']) {
    document.addEventListener(type, (event) => {
      if (event.key !== 'Enter') return;
      if (type === 'keydown') composed = event.isComposing || event.keyCode === 229;
      if (composed) event.stopImmediatePropagation();
    }, true);
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (tip) hideTip();
    else if (document.body.classList.contains('busy')) $('#stop')?.click();
    else if (document.body.classList.contains('reading')) { back(); relight(); }
  }, true);

  /* what follows from new markup */
  let newest = '';
  const settle = () => {
    document.body.classList.toggle('busy', Boolean($('#talk .pending')));
    document.body.classList.toggle('talking', Boolean($('#talk .turn')));
    const turns = all('#talk .turn');
    const last = turns.at(-1);
    const mark = last ? `${last.dataset.turn || 'pending'}/${turns.length}` : '';
    if (mark !== newest) {
      newest = mark;
      restoreChoices();
      const answered = turns.filter((turn) => $('.answer', turn)).at(-1);
      if (answered) showSources(answered.dataset.turn);
      if (!last?.classList.contains('pending')) { lit = null; back(); unfold(false); }
      last?.scrollIntoView({ block: 'start', behavior: 'auto' });
    }
  };
  const settleSources = () => {
    const lists = all('.sources');
    if (lists.length && lists.filter((list) => !list.hidden).length !== 1) showSources(lists.at(-1).dataset.for);
  };
  const watch = (selector, then) => {
    const element = $(selector);
    /* Gradio patches the markup in place: at times only attributes change */
    const all = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'data-turn', 'data-for', 'data-once'] };
    if (element) new MutationObserver(then).observe(element, all);
    return element;
  };
  const begin = () => {
    if (!$('#talk') || !$('#sources') || !$('#reader')) { setTimeout(begin, 50); return; }
    watch('#talk', settle);
    watch('#sources', settleSources);
    watch('#notice', () => { const told = $('#notice .notice'); if (told) say(told.textContent); });
    watch('#reader', () => {
      const reader = $('#reader .reader');
      if (!reader) return;
      reader.hidden = false; document.body.classList.add('reading'); unfold(true);
      ($('mark', reader) || $('h2', reader))?.scrollIntoView({ block: 'center' });
      $('h2', reader)?.focus({ preventScroll: true });
    });
    document.documentElement.lang = 'zh-CN';
    const pages = () => all('#bar nav a').map((a) => a.dataset.page);
    const marked = () => { const page = location.hash.slice(1).split('/')[0]; turnTo(pages().includes(page) ? page : 'ask'); };
    watch('#bar', marked); addEventListener('hashchange', marked); marked();
    restoreChoices(); settle(); settleSources();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
