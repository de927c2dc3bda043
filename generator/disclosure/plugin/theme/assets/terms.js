// Shows what an official word means beside it, while the pointer or the keyboard is on it or when
// it is tapped. The word is a link to its entry in the glossary, where the text is taken from:
// without this script, or when the glossary cannot be had, the link does the same.

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
const isShown = (link) => current === link && tip.matches(":popover-open");

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

/**
 * A click explains in place. Only the Enter key, when the explanation is there already, leads to the
 * entry, and so does a click that asks for another window.
 *
 * @type {(event: MouseEvent, link: HTMLAnchorElement) => Promise<void>}
 */
const click = async (event, link) => {
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (elsewhere || (event.detail === 0 && isShown(link))) {
    return;
  }
  event.preventDefault();
  await show(link);
  if (current === link && !(await glossary?.catch(() => null))) {
    location.assign(link.href);
  }
};

for (const link of links) {
  link.addEventListener("click", (event) => click(event, link));
  link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link));
  link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
  link.addEventListener("blur", leave);
}
tip.addEventListener("pointerenter", () => clearTimeout(leaving));
tip.addEventListener("pointerleave", leave);
addEventListener("scroll", () => current && tip.matches(":popover-open") && place(current), {
  passive: true,
});
addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("pointerdown", ({ target }) => {
  if (current && target instanceof Node && !tip.contains(target) && !current.contains(target)) {
    hide();
  }
});
