// Puts the remembered palette, or the one the system asks for, on the page before it is drawn.
(() => {
  const chosen = __md_get("__palette")?.color;
  const options = [...document.querySelectorAll("[data-md-color-media]")];
  const fitting = options.find((option) => matchMedia(option.dataset.mdColorMedia).matches);
  const palette = chosen ?? {
    scheme: fitting?.dataset.mdColorScheme,
    primary: fitting?.dataset.mdColorPrimary,
    accent: fitting?.dataset.mdColorAccent,
  };
  for (const [name, value] of Object.entries(palette)) {
    if (value !== undefined) {
      document.body.setAttribute(`data-md-color-${name}`, value);
    }
  }
})();
