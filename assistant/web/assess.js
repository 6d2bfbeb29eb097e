/* 宽严研判: the sheet keeps what is being typed, where the reader is and what is unfolded; numbers light their cards. */
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const sheet = () => document.querySelector('#sheet');
  const inSheet = (element) => Boolean(element?.closest?.('#sheet'));

  let here = '';           /* the field the reader is in */
  let typing = null;       /* what is being typed there and has not been sent */
  const opened = new Map();
  document.addEventListener('focusin', (event) => { if (inSheet(event.target)) here = event.target.id || ''; else if (event.target !== document.body) here = ''; });
  document.addEventListener('input', (event) => { if (inSheet(event.target) && event.target.matches('input')) typing = { id: event.target.id, value: event.target.value }; });
  document.addEventListener('change', (event) => { if (typing && event.target.id === typing.id) typing = null; }, true);
  document.addEventListener('click', (event) => {   /* only what the reader folds himself is remembered */
    const fold = event.target.closest('summary')?.parentElement;
    if (inSheet(fold) && fold.dataset.keep) opened.set(fold.dataset.keep, !fold.open);
  });

  let sent = false;        /* a small form was sent: what was typed there is no longer needed */
  let begun = false;
  const settle = () => {
    if (!begun && sheet().querySelector('h2')) { begun = true; setTimeout(redraft, 200); }
    all('details[data-keep]', sheet()).forEach((fold) => { const was = opened.get(fold.dataset.keep); if (was !== undefined && fold.open !== was) fold.open = was; });
    all('[data-fact]', sheet()).forEach((field) => {   /* Gradio patches in place: what a field shows has to follow its markup */
      if (typing?.id === field.id) return;
      const value = field.matches('select') ? all('option', field).find((option) => option.hasAttribute('selected'))?.value ?? '' : field.getAttribute('value') ?? '';
      if (field.value !== value) field.value = value;
    });
    if (sent) all('form input', sheet()).forEach((one) => { one.value = one.getAttribute('value') ?? ''; });
    const moved = sent;
    sent = false;
    const field = here && document.getElementById(here);
    if (!field) return;
    if (typing?.id === here && field.value !== typing.value) field.value = typing.value;
    if (moved || document.activeElement === document.body) field.focus({ preventScroll: true });
  };

  /* what is being told and has not been assessed outlives a reload */
  const box = () => document.querySelector('#told textarea');
  const draft = (text) => { try { if (text === undefined) return localStorage.getItem('anheng.told') ?? ''; localStorage.setItem('anheng.told', text); } catch { /* private window */ } return ''; };
  document.addEventListener('input', (event) => { if (event.target === box()) draft(event.target.value); });
  document.addEventListener('click', (event) => { if (event.target.closest('#assess-clear, #assess-controls .example')) draft(''); });
  const redraft = () => {
    if (!box() || !draft() || box().value === draft()) return;
    box().value = draft();
    box().dispatchEvent(new Event('input', { bubbles: true }));
  };

  const show = (key, person) => {
    const field = document.getElementById(`fact-${key}-${person}`) || all('#sheet [data-fact]').find((one) => one.dataset.fact === key);
    if (!field) return;
    for (let fold = field.closest('details'); fold; fold = fold.parentElement.closest('details')) { fold.open = true; opened.set(fold.dataset.keep, true); }
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: 'center' });
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button?.dataset.do === 'fact') show(button.dataset.key, button.dataset.person);
    if (button?.dataset.do === 'assess-print') window.print();
    const act = event.target.closest('#sheet [data-act]');
    if (act?.dataset.act === 'join') { opened.delete('adding'); typing = null; sent = true; here = 'new-person'; }
    if (act?.dataset.act === 'item' && !act.dataset.index) { typing = null; sent = true; here = 'loss-name'; }
  });
  document.addEventListener('keydown', (event) => {   /* Enter in a small form is its button */
    const form = event.key === 'Enter' && !event.isComposing && event.target.matches?.('#sheet form input') && event.target.closest('form');
    if (!form) return;
    event.preventDefault();
    form.querySelector('button[data-act]')?.click();
  });

  const uncover = () => {   /* of many people, the one that is read */
    const wide = document.querySelector('#findings .wide'), head = wide?.querySelector('thead [aria-pressed="true"]')?.closest('th');
    if (head && (head.offsetLeft + head.offsetWidth > wide.scrollLeft + wide.clientWidth || head.offsetLeft < wide.scrollLeft + 110)) wide.scrollLeft = head.offsetLeft - 120;
  };
  const begin = () => {
    const findings = document.querySelector('#findings');
    if (!sheet() || !findings) { setTimeout(begin, 50); return; }
    new MutationObserver(uncover).observe(findings, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-pressed'] });
    new MutationObserver(settle).observe(sheet(), { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['value', 'selected', 'id', 'open'] });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
