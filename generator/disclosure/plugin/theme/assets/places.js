// Brings the place where one is into sight, where the row of places scrolls.
// Browsers that know scroll-initial-target have done so already.

/** @type {HTMLElement | null} */
const ownPlace = document.querySelector(".places [aria-current]");
const places = ownPlace?.closest("ul");
if (ownPlace && places) {
  places.scrollLeft = ownPlace.offsetLeft - (places.clientWidth - ownPlace.offsetWidth) / 2;
}
