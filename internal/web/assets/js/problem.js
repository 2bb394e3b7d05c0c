// A summary of problems takes the focus when it arrives in a page that is open. In a new page autofocus does the same.
const once = new WeakSet();

export function problems(root, later) {
  const summary = root.querySelector('[data-problems]');
  if (!summary || once.has(summary)) return;
  once.add(summary);
  if (later) summary.focus();
  summary.addEventListener('click', event => {
    const field = event.target.closest('a') && document.getElementById(event.target.closest('a').hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest('.field') || field).scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
  });
}
