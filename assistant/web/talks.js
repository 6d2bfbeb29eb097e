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

  let last = '';
  const begin = () => {
    const holder = document.querySelector('#exported');
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
