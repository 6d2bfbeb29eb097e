/* A case that a question told goes to the page 宽严研判. What stands there already is kept, or given up only when asked. */
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act="assess"]');
  if (!button) return;
  const there = document.querySelector('#told textarea').value.trim();
  const held = document.querySelector('#findings .doing, #sheet .known');
  const same = held && there === button.dataset.told.trim();
  const stays = !same && (held || there) && !confirm('宽严研判里已有另一个案件，换成这一个吗？');
  if (same || stays) event.stopPropagation();
  else try { localStorage.removeItem('anheng.told'); } catch { /* private window */ }
  if (!stays) location.hash = button.dataset.then || 'assess';
}, true);

/* What somebody who teaches asked for is put into the form of 讲堂, where one is open; what stands there otherwise is left alone. */
document.addEventListener('click', (event) => {
  const wish = event.target.closest('[data-wish]')?.dataset;
  if (!wish) return;
  const place = wish.wish;
  location.hash = place === 'lecture' ? 'lecture' : `lecture/${place}`;
  const forms = { lecture: '#lecture-page .lecture-form', quiz: '#quiz-page .quiz-form:has([data-act=draw]:enabled)' };
  let tries = 300; /* half a minute: the questions may have to be made first */
  const fill = () => {
    const topic = document.querySelector(`${forms[place]} [name=topic]`);
    if (!topic) { if (tries--) setTimeout(fill, 100); return; }
    const form = topic.form;
    topic.value = wish.topic ?? '';
    for (const name of ['audience', 'style']) {
      const chosen = wish[name] && form.querySelector(`input[name=${name}][value="${wish[name]}"]`);
      if (chosen) chosen.checked = true;
    }
    if (wish.count && form.elements.count) form.elements.count.value = wish.count;
    const lengths = form.elements.minutes;
    if (wish.minutes && lengths) {
      if (![...lengths.options].some((one) => one.value === wish.minutes)) lengths.add(new Option(`${wish.minutes} 分钟`, wish.minutes));
      lengths.value = wish.minutes;
    }
    topic.focus();
  };
  if (forms[place]) fill();
});
