// Light or dark: as the reader chose, or as the system asks for, before the page is drawn.
(() => {
  // What needs scripts may show now; early, so that nothing moves on the page.
  document.documentElement.classList.replace("no-js", "js");
  const { base } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  // Apart from other sites on the same host.
  const key = `${new URL(/** @type {string} */ (base), location.href).pathname}palette`;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    // Storage may be forbidden altogether; then nothing is remembered, and nothing else fails.
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function show() {
    const scheme = chosen() ?? (dark.matches ? "slate" : "default");
    document.body.dataset.mdColorScheme = scheme;
    return scheme;
  }

  let scheme = show();
  dark.addEventListener("change", () => (scheme = show()));
  document.querySelector("[data-palette-switch]")?.addEventListener("click", () => {
    scheme = scheme === "slate" ? "default" : "slate";
    document.body.dataset.mdColorScheme = scheme;
    try {
      localStorage.setItem(key, scheme);
    } catch {
      // Not remembered.
    }
  });
})();
