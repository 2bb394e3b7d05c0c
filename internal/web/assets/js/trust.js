// The one way by which text of the server becomes markup: the answers that htmx swaps in. They are made by the same
// components as the pages, which escape what people write. Runs before anything is swapped.
if (window.trustedTypes && window.htmx) {
  const policy = trustedTypes.createPolicy('htmx', { createHTML: text => text, createScript: () => '' });
  htmx.registerExtension('trust', { init: api => api.initSecurity(policy) });
}
