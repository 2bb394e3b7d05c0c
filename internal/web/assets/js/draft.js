// Drafts: what people write in long answers is kept on the device until the server has it, so that a dropped connection or
// an expired session loses nothing. Kept per person and place; in the tab alone on shared computers; never kept when the
// page says so. The server says by data-draft-done which drafts it has.
const once = new WeakSet();
const days = 7 * 24 * 3600 * 1000;

function shelf() {
  try {
    return { device: localStorage, tab: sessionStorage }[document.body.dataset.drafts];
  } catch {
    return undefined; // storage is forbidden
  }
}

export function drafts(root) {
  connection();
  const store = shelf(), owner = document.body.dataset.draftOwner;
  if (!store || !owner) return;
  const key = name => 'draft ' + owner + ' ' + name;
  for (const done of root.querySelectorAll('[data-draft-done]')) store.removeItem(key(done.dataset.draftDone));
  for (const area of root.querySelectorAll('textarea[data-draft]')) {
    if (once.has(area)) continue;
    once.add(area);
    bring(store, key(area.dataset.draft), area);
    keep(store, key(area.dataset.draft), area);
  }
}

// bring puts a draft back where the server has nothing newer.
function bring(store, key, area) {
  let draft;
  try { draft = JSON.parse(store.getItem(key)); } catch { /* not ours */ }
  if (!draft) return;
  if (Date.now() - draft.at > days) return store.removeItem(key);
  if (area.value !== draft.over || area.value === draft.text) return;
  area.value = draft.text;
  say(area, 'draftBack');
}

function keep(store, key, area) {
  const over = area.defaultValue;
  let clock;
  const save = () => {
    clock = undefined;
    try {
      store.setItem(key, JSON.stringify({ at: Date.now(), over, text: area.value }));
      say(area, 'draftKept');
    } catch { /* full: nothing is said, since nothing was kept */ }
  };
  area.addEventListener('input', () => { clock ??= setTimeout(save, 1500); });
  const now = () => { if (clock) { clearTimeout(clock); save(); } };
  addEventListener('pagehide', now);
  area.form?.addEventListener('submit', now);
}

function say(area, which) {
  const line = document.getElementById(area.id + '-draft');
  if (line) line.textContent = line.dataset[which];
}

let watched = false;

// connection shows the bar while there is no network, and holds back a form that would be lost.
function connection() {
  if (watched) return;
  watched = true;
  const bar = document.querySelector('[data-offline]');
  const show = () => { if (bar) bar.hidden = navigator.onLine; };
  addEventListener('online', show);
  addEventListener('offline', show);
  show();
  document.addEventListener('submit', event => {
    if (navigator.onLine) return;
    event.preventDefault();
    show();
    bar?.scrollIntoView({ block: 'nearest' });
  });
}
