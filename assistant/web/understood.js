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
