/* 证据 and 线索: files dropped anywhere on the page go to its button. */
(() => {
  const PAGES = ['evidence', 'leads'];
  const here = () => PAGES.includes(document.body.dataset.page);
  const MOST = 100 * 1024 * 1024;
  const refuse = (file) => { /* said before it is sent */
    const note = document.createElement('p');
    note.className = 'notice'; note.setAttribute('role', 'status');
    note.textContent = `“${file.name}”有 ${Math.round(file.size / 1048576)} MB，超过 100 MB 的上限，请拆成几个文件再放进来。`;
    document.body.append(note);
    setTimeout(() => note.remove(), 5000);
  };
  const carries = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
  document.addEventListener('click', (event) => { /* a link of another page that names an offence */
    const link = event.target.closest('[data-evidence]');
    if (link) document.querySelector(`.offences [data-offence="${CSS.escape(link.dataset.evidence)}"]`)?.click();
  });
  document.addEventListener('dragover', (event) => { if (here() && carries(event)) event.preventDefault(); });
  document.addEventListener('drop', (event) => {
    if (!here() || !carries(event)) return;
    event.preventDefault();
    const page = document.body.dataset.page;
    const target = document.querySelector(`#${page}-file input[type=file], input#${page}-file, #${page} input[type=file]`);
    const large = [...event.dataTransfer.files].find((file) => file.size > MOST);
    if (large) { refuse(large); return; }
    if (!target || !event.dataTransfer.files.length) return;
    const moved = new DataTransfer();
    [...event.dataTransfer.files].forEach((file) => moved.items.add(file));
    target.files = moved.files;
    target.dispatchEvent(new Event('change', { bubbles: true }));
  });
  document.addEventListener('change', (event) => {
    const large = event.target.matches?.(':is(#evidence, #leads) input[type=file]') && [...event.target.files].find((file) => file.size > MOST);
    if (!large) return;
    event.stopImmediatePropagation();
    refuse(large); event.target.value = '';
  }, true);
})();
