// Shows what an official word means beside it, while the pointer or the keyboard is on it. The
// word is a link to its entry in the glossary, where the text is taken from: without this
// script, on a touch screen, or when the glossary cannot be had, the link does the same.

/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll("a.term");
const tip = document.createElement("div");
tip.id = "term-tip";
tip.className = "term-tip";
tip.popover = "manual";
tip.setAttribute("role", "tooltip");

/** The page, once it was wanted. @type {Promise<Document> | undefined} */
let glossary;
/** The word that is being explained. @type {HTMLAnchorElement | null} */
let current = null;
/** A moment's grace, to move the pointer from the word to its explanation. @type {number | undefined} */
let leaving;

/** @param {string} address */
const read = async (address) => {
  const answer = await fetch(address);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const hide = () => {
  clearTimeout(leaving);
  current?.removeAttribute("aria-describedby");
  current = null;
  if (tip.isConnected && tip.matches(":popover-open")) {
    tip.hidePopover();
  }
};

const leave = () => {
  clearTimeout(leaving);
  leaving = setTimeout(hide, 200);
};

/** @param {HTMLAnchorElement} link */
const place = (link) => {
  const word = link.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const below = word.bottom + height + 8 < innerHeight;
  tip.style.left = `${Math.max(8, Math.min(word.left, innerWidth - width - 8))}px`;
  tip.style.top = `${below ? word.bottom + 4 : Math.max(8, word.top - height - 4)}px`;
};

/** @param {HTMLAnchorElement} link */
const show = async (link) => {
  clearTimeout(leaving);
  if (current === link) {
    return;
  }
  hide();
  current = link;
  const { origin, pathname, hash } = new URL(link.href);
  glossary ??= read(origin + pathname);
  const page = await glossary.catch(() => null);
  const meaning = page?.getElementById(hash.slice(1))?.querySelector("dd")?.textContent;
  if (current !== link || !meaning) {
    return;
  }
  tip.textContent = meaning;
  document.body.append(tip);
  tip.showPopover();
  place(link);
  link.setAttribute("aria-describedby", tip.id);
};

for (const link of links) {
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link));
  link.addEventListener("pointerleave", leave);
  link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
  link.addEventListener("blur", leave);
}
tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", leave);
addEventListener("scroll", () => current && tip.matches(":popover-open") && place(current), {
  passive: true,
});
addEventListener("keydown", (event) => event.key === "Escape" && hide());
