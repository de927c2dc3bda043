// Makes elements, and folds text for comparing; text of the data is only ever set as text.

/** @type {<Name extends keyof HTMLElementTagNameMap>(tag: Name, properties: Partial<HTMLElementTagNameMap[Name]>, text?: string) => HTMLElementTagNameMap[Name]} */
export function element(tag, properties, text = "") {
  const made = Object.assign(document.createElement(tag), properties);
  made.textContent = text;
  return made;
}

/** A text without its width and case. @param {string} text */
export function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

/** After the browser has drawn what is there. */
export const drawn = () =>
  new Promise((go) => requestAnimationFrame(() => setTimeout(() => go(undefined))));

/** Between two pieces of work the browser can answer the reader. */
export const pause = () => new Promise((go) => setTimeout(go));
