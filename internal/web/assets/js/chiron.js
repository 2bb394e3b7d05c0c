// Comfort only: every page does all it promises without these.
import { dialogs } from './dialog.js';
import { drafts } from './draft.js';
import { passkeys } from './passkey.js';
import { problems } from './problem.js';
import { theme } from './theme.js';
import { toasts } from './toast.js';

const parts = [dialogs, drafts, passkeys, problems, theme, toasts];
const begin = later => parts.forEach(part => part(document, later));

begin(false);
document.addEventListener('htmx:after:swap', () => begin(true));
