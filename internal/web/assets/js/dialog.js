// Links that lead to a page of choices open the same choices here instead: the palette, and questions before an act.
const once = new WeakSet();

export function dialogs(root) {
  for (const link of root.querySelectorAll('a[data-opens]')) {
    const dialog = document.getElementById(link.dataset.opens);
    if (!dialog || once.has(link)) continue;
    once.add(link);
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(dialog);
    });
  }
  for (const dialog of root.querySelectorAll('dialog')) {
    if (once.has(dialog)) continue;
    once.add(dialog);
    dialog.querySelector('[data-close]')?.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
    if (dialog.id === 'palette') palette(dialog);
  }
}

function open(dialog) {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input[type=search]')?.select();
}

const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// palette narrows its links to those that hold every word typed; Enter opens the first, arrows walk.
function palette(dialog) {
  const input = dialog.querySelector('input[type=search]'), none = dialog.querySelector('[data-none]');
  const links = [...dialog.querySelectorAll('li a')];
  const shown = () => links.filter(link => !link.parentElement.hidden);
  input.addEventListener('input', () => {
    const words = fold(input.value).split(/\s+/);
    for (const link of links) link.parentElement.hidden = !words.every(word => fold(link.textContent).includes(word));
    for (const group of dialog.querySelectorAll('section')) group.hidden = !group.querySelector('li:not([hidden])');
    none.hidden = shown().length > 0;
  });
  input.form.addEventListener('submit', event => {
    const [first] = shown();
    if (!first) return;
    event.preventDefault();
    first.click();
  });
  dialog.addEventListener('keydown', event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [input, ...shown()];
    stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + step))].focus();
  });
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    const asked = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && 'keys' in document.body.dataset;
    if (!asked && !(event.key === 'k' && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    open(dialog);
  });
}
