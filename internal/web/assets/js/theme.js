// The button for light or dark. The choice is kept by the server, which renders it; here the page only follows at once.
const once = new WeakSet();

export function theme(root) {
  for (const button of root.querySelectorAll('[data-theme-action]')) {
    if (once.has(button)) continue;
    once.add(button);
    button.hidden = false;
    button.addEventListener('click', () => {
      const page = document.documentElement;
      const dark = page.dataset.theme ? page.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      page.dataset.theme = dark ? 'light' : 'dark';
      fetch(button.dataset.themeAction, { method: 'POST', body: new URLSearchParams({ theme: page.dataset.theme }), redirect: 'manual' }).catch(() => {});
    });
  }
}
