// Passkeys: what the server asks is handed to the device, and what the device answers goes back in the form, as any answer
// does. Without script, or without such a device, what is about passkeys stays hidden and other ways are there.
const able = 'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

async function options(from) {
  const answer = await fetch(from, { method: 'POST', headers: { Accept: 'application/json' } });
  if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('application/json')) throw new Error('not asked');
  return answer.json();
}

const make = async from => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await options(from)) });
const take = async from => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await options(from)) });

// What extensions gave stays here: it may hold secrets, and the server asked for none.
function written(credential) {
  const answer = credential.toJSON();
  answer.clientExtensionResults = {};
  return JSON.stringify(answer);
}

// pressed asks the device once, and then sends the form; a refusal is said beside the button.
async function pressed(form, button, ask, from) {
  if (form.ariaBusy === 'true') return;
  const says = form.querySelector('[data-passkey-refused]');
  form.ariaBusy = 'true';
  if (says) says.textContent = '';
  try {
    form.elements.answer.value = written(await ask(from));
    form.dataset.answered = 'yes';
    form.requestSubmit(button);
  } catch {
    if (says) says.textContent = says.dataset.passkeyRefused;
  } finally {
    form.ariaBusy = null;
  }
}

export function passkeys(root) {
  if (!able) return;
  for (const button of root.querySelectorAll('[data-passkey-ask][hidden]')) {
    button.hidden = false;
    button.closest('[data-passkey-ways]')?.removeAttribute('hidden');
    button.addEventListener('click', event => {
      event.preventDefault();
      pressed(button.form, button, take, button.dataset.passkeyAsk);
    });
  }
  for (const form of root.querySelectorAll('form[data-passkey-make][hidden]')) {
    form.hidden = false;
    for (const none of document.querySelectorAll('[data-passkey-none]')) none.hidden = true;
    form.addEventListener('submit', event => {
      if (form.dataset.answered) return;
      event.preventDefault();
      pressed(form, event.submitter, make, form.dataset.passkeyMake);
    });
  }
}
