// Brings the place where one is into sight, where the row of places scrolls.
// Browsers that know scroll-initial-target have done so already.

/** @type {HTMLElement | null} */
const current = document.querySelector(".places [aria-current]");
const row = current?.closest("ul");
if (current && row) {
  row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}
