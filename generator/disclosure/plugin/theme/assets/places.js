// Brings the place where one is into sight, where the row of places scrolls.
// Browsers that know scroll-initial-target do so by themselves, and need not lay out the page for it
// before they have anything else to show.

/** @type {HTMLElement | null} */
const ownPlace = document.querySelector(".places [aria-current]");
const places = ownPlace?.closest("ul");
if (ownPlace && places && !CSS.supports("scroll-initial-target", "nearest")) {
  places.scrollLeft = ownPlace.offsetLeft - (places.clientWidth - ownPlace.offsetWidth) / 2;
}
