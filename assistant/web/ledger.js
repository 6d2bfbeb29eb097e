/* 台账: a choice filters at once, Enter filters, turning to the page looks anew. */
(() => {
  const press = (name) => document.querySelector(`#ledger-page [data-act="${name}"]`)?.click();
  document.addEventListener('change', (event) => { if (event.target.matches?.('#ledger-page select[data-auto]')) press('filter'); });
  document.addEventListener('submit', (event) => {
    if (!event.target.matches?.('form.ledger')) return;
    event.preventDefault();
    if (event.target.querySelector('[name=words]:focus')) press('filter');
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches?.('#ledger-page .filters input')) { event.preventDefault(); press('filter'); }
  });
  const turned = () => { if (location.hash === '#ledger') press('refresh'); };
  addEventListener('hashchange', turned);
})();
