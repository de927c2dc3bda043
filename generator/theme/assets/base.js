// What Material's own script bundle expects to find: small values kept in the browser,
// such as the chosen palette, apart from those of other sites on the same host.
(() => {
  const scope = new URL(document.currentScript.dataset.scope, location);
  const key = (name, area) => `${area.pathname}.${name}`;

  // Material takes every link that is "alternate" and nothing else for a translation of the
  // site and asks for its sitemap. Feed readers, which run no scripts, look for just that.
  document.querySelector("link[rel=alternate]")?.relList.add("feed");

  window.__md_scope = scope;
  window.__md_hash = (text) =>
    [...text].reduce((sum, character) => (sum << 5) - sum + character.charCodeAt(0), 0);
  // Storage may be forbidden altogether; then nothing is remembered, and nothing else fails.
  window.__md_get = (name, storage, area = scope) => {
    try {
      return JSON.parse((storage ?? localStorage).getItem(key(name, area)));
    } catch {
      return null;
    }
  };
  window.__md_set = (name, value, storage, area = scope) => {
    try {
      (storage ?? localStorage).setItem(key(name, area), JSON.stringify(value));
    } catch {
      // Not remembered.
    }
  };
})();
