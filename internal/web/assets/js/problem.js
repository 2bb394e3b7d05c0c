// A summary of problems takes the focus when it arrives, as it does without script by autofocus.
const once = new WeakSet();

export function problems(root) {
  const summary = root.querySelector('[data-problems]');
  if (!summary || once.has(summary)) return;
  once.add(summary);
  summary.focus();
  summary.addEventListener('click', event => {
    const field = event.target.closest('a') && document.getElementById(event.target.closest('a').hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest('.field') || field).scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
  });
}
