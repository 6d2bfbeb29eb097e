/* Past conversations: their menus, their names, files of them. */
(() => {
  const menus = () => document.querySelectorAll('.past .menu[open]');
  const close = (but) => menus().forEach((menu) => { if (menu !== but) menu.open = false; });
  const rename = (item, on) => {
    const form = item.querySelector('form.rename');
    form.hidden = !on;
    if (!on) { form.reset(); return; }
    form.elements.title.focus(); form.elements.title.select();
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do="rename"]');
    if (button) rename(button.closest('li'), true);
    if (event.target.closest('[data-act="rename"]')) event.target.closest('form').hidden = true;
    if (event.target.closest('.past .menu button')) close(); else close(event.target.closest('.past .menu'));
    if (event.target.closest('[data-act="edit"]')) setTimeout(() => document.querySelector('#question textarea')?.focus(), 400);
    if (event.target.closest('[data-act="branch"]')) document.body.classList.remove('side-open');
  });
  document.addEventListener('submit', (event) => { if (event.target.matches('form.rename')) event.preventDefault(); }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    const form = event.target.closest?.('form.rename');
    if (form) rename(form.closest('li'), false);
    const open = menus()[0];
    if (!open) return;
    close();
    open.querySelector('summary').focus();
    event.stopImmediatePropagation();
  }, true);

  /* an answer given again comes back in its place, not at the end */
  let place = -1;
  document.addEventListener('click', (event) => {
    const turn = event.target.closest('[data-act="again"]')?.closest('.turn');
    if (turn) place = [...document.querySelectorAll('#talk .turn')].indexOf(turn);
  });
  const comeBack = () => {
    const turns = document.querySelectorAll('#talk .turn');
    if (place < 0 || turns.length <= place) return;
    turns[place].scrollIntoView({ block: 'start' });
    place = -1;
  };

  let last = '';
  const begin = () => {
    const [holder, talk] = ['#exported', '#talk'].map((name) => document.querySelector(name));
    if (!holder || !talk) { setTimeout(begin, 50); return; }
    let pending = false;
    new MutationObserver(() => {
      const now = Boolean(talk.querySelector('.pending'));
      if (pending && !now) comeBack();
      pending = now;
    }).observe(talk, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
    new MutationObserver(() => {
      const link = holder.querySelector('a[download]');
      if (!link || link.dataset.once === last) return;
      last = link.dataset.once;
      link.click();
    }).observe(holder, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-once'] });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin); else begin();
})();
