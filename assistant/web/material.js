/* Files dropped anywhere on the page go to the button; what is too large is said before it is sent. */
(() => {
  const MOST = 100 * 1024 * 1024;
  const input = () => document.querySelector('#attach input[type=file], input#attach, #composer input[type=file]');
  const carries = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
  const asking = () => document.body.dataset.page === 'ask' || !document.body.dataset.page;
  const say = (sentence) => {
    const note = document.createElement('p');
    note.className = 'notice'; note.setAttribute('role', 'status'); note.textContent = sentence;
    document.body.append(note);
    setTimeout(() => note.remove(), 5000);
  };
  const large = (files) => [...files].find((file) => file.size > MOST);
  const refuse = (file) => say(`“${file.name}”有 ${Math.round(file.size / 1048576)} MB，超过 100 MB 的上限，请拆分或压缩后再放进来。`);

  let depth = 0;
  document.addEventListener('dragenter', (event) => { if (carries(event) && asking()) { depth += 1; document.body.classList.add('dropping'); } });
  document.addEventListener('dragleave', (event) => { if (carries(event) && (depth -= 1) <= 0) { depth = 0; document.body.classList.remove('dropping'); } });
  document.addEventListener('dragover', (event) => { if (carries(event) && asking()) event.preventDefault(); });
  document.addEventListener('drop', (event) => {
    if (!carries(event) || !asking()) return;
    event.preventDefault();
    depth = 0; document.body.classList.remove('dropping');
    const files = event.dataTransfer.files;
    if (document.body.classList.contains('busy')) { say('回答完成后再放材料。'); return; }
    if (large(files)) { refuse(large(files)); return; }
    const target = input();
    if (!target || !files.length) return;
    const moved = new DataTransfer();
    [...files].forEach((file) => moved.items.add(file));
    target.files = moved.files;
    target.dispatchEvent(new Event('change', { bubbles: true }));
  });
  document.addEventListener('change', (event) => {
    if (!event.target.matches?.('#composer input[type=file]') || !large(event.target.files || [])) return;
    event.stopImmediatePropagation();
    refuse(large(event.target.files)); event.target.value = '';
  }, true);
})();
