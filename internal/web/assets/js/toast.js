// A toast goes after its time, but never under somebody's pointer or focus.
const once = new WeakSet();

export function toasts(root) {
  for (const toast of root.querySelectorAll('[data-toast]')) {
    if (once.has(toast)) continue;
    once.add(toast);
    let left = Number(toast.dataset.toast);
    const clock = setInterval(() => {
      if (document.hidden || toast.matches(':hover') || toast.contains(document.activeElement)) return;
      if (--left <= 0) away();
    }, 1000);
    const away = () => { clearInterval(clock); toast.remove(); };
    const close = toast.querySelector('[data-close]');
    if (close) {
      close.hidden = false;
      close.addEventListener('click', away);
    }
  }
}
