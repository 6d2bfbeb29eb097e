/* 讲堂: a topic from the list, Enter in the form, a lecture that is turned to begins at its top. */
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do="lecture-topic"]');
  if (button) {
    const field = button.closest('form').querySelector('[name=topic]');
    field.value = button.dataset.topic; field.focus({ preventScroll: true });
  }
  if (event.target.closest('#lecture [data-act=make], #lecture [data-act=plan], #lecture-side [data-act=unroll]')) document.querySelector('#lecture').scrollTop = 0;
});
document.addEventListener('submit', (event) => {
  if (!event.target.matches('.lecture-form, .outline, #lecture-side .find')) return;
  event.preventDefault(); /* a form of ours is sent by its button */
  event.target.querySelector('[data-act=plan], [data-act=find]')?.click();
}, true);
