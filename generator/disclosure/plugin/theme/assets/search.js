// The search box: opens, listens, shows. What is found is decided in search-data.js.

import { address, loadedIndex } from "./search-files.js";
import { marks, runs, words } from "./search-text.js";

/** @typedef {import("./search-data.js").Result} Result */
/** @typedef {import("./search-data.js").Chosen} Chosen */
/** @typedef {typeof import("./search-data.js").search} Find */
/** @typedef {Awaited<ReturnType<Find>>} Results */
/** @typedef {import("./search-words.js").Meant} Meant */

const BATCH = 10;
const PAUSE = 50; // milliseconds without typing before it is searched
const REST = 50; // milliseconds for the first result to be seen, and for more typing
const TRIES = 12; // so many words that may have been meant are looked for
const OFFERED = 5; // and so many are offered beside the one that was found

const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.search"));
/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (dialog.querySelector(selector));
const input = /** @type {HTMLInputElement} */ (part(".search__input"));
const filters = part(".search__filters");
const selects = /** @type {HTMLSelectElement[]} */ ([...filters.querySelectorAll("select")]);
const status = part(".search__status");
const list = part(".search__results");
const more = part("[data-search-more]");
const retry = part("[data-search-retry]");
const browse = part(".search__browse");
const theme = part("[data-search-theme]");
const others = part("[data-search-others]");

/** The search itself, fetched when the box opens. @type {Find} */
const find = async (query, chosen) => (await import("./search-data.js")).search(query, chosen);

let latest = 0; // number of the newest search; the answers of older ones are dropped
let searching = Promise.resolve();
/** What is marked in the results. @type {string[]} */
let needles = [];
/** What was found. @type {Results} */
let results;
/** What was searched for instead of what was typed. @type {Meant | undefined} */
let instead;

/** @param {number} milliseconds */
const passed = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @type {<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, ...children: (Node | string)[]) => HTMLElementTagNameMap[Name]} */
function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children); // strings become text nodes: text from data is never markup
  return made;
}

/** @type {(name: keyof HTMLElementTagNameMap, className: string, text: string) => HTMLElement} */
function marked(name, className, text) {
  const pieces = marks(text, needles).map((piece) => {
    const shown = piece.text.replaceAll(/[\n\t]/gu, " · "); // between cells, which marks do not cross
    return piece.marked ? element("mark", "", shown) : shown;
  });
  return element(name, className, ...pieces);
}

/** @param {Result} result */
function resultItem({ path, title, kind, year, money, department, excerpt, others }) {
  const about = [kind, year && `${year}年`, money, department];
  const link = element(
    "a",
    "search__link",
    marked("span", "search__title", title),
    element("span", "search__about", about.filter(Boolean).join(" · ")),
    marked("span", "search__excerpt", excerpt),
  );
  link.href = address(path);
  const item = element("li", "search__result", link);
  if (others.length) {
    item.append(element("p", "search__years", "其他年度", ...others.map(otherYear)));
  }
  return item;
}

/** @param {Result["others"][number]} other */
function otherYear({ address: path, year, kind }) {
  const link = element("a", "search__year", year ? `${year}年` : kind);
  link.href = address(path);
  return link;
}

/**
 * Shows the best result before the others are asked for, without moving what stands below.
 *
 * @type {(number: number, query: string, found: Results) => Promise<void>}
 */
async function showFirst(number, query, found) {
  const first = await found.first();
  if (number !== latest) {
    return; // typing goes on
  }
  const height = list.offsetHeight;
  reset(query);
  results = found;
  if (first.length) {
    list.style.minHeight = `${height}px`;
    list.append(...first.map(resultItem));
    await passed(REST);
  }
  if (number === latest) {
    await showMore(number, BATCH - first.length);
  }
}

/**
 * Shows some more results and says how many pages there are.
 *
 * @type {(number: number, count?: number) => Promise<void>}
 */
async function showMore(number, count = BATCH) {
  const next = await results.next(count);
  if (number === latest) {
    list.append(...next.map(resultItem));
    more.hidden = !results.hasMore;
    sayHowMany();
  }
}

/** @returns {Chosen} */
function chosenFacets() {
  return Object.fromEntries(selects.map((select) => [select.dataset.facet, select.value]));
}

/** @param {string} query */
function reset(query) {
  needles = [...new Set([...words(query), ...runs(query)])];
  instead = undefined;
  theme.hidden = true;
  others.hidden = true;
  list.replaceChildren();
  more.hidden = true;
  retry.hidden = true;
  browse.hidden = true;
}

/** Searches for what stands in the box, after `pause`. @param {number} pause */
async function search(pause) {
  const number = ++latest;
  const query = input.value.trim();
  const chosen = chosenFacets();
  const paused = passed(pause); // what follows has time until then
  remember(query);
  if (!query) {
    reset(query);
    status.textContent = "";
    await advise("输入项目名称、项目编码（后几位也可以），或正文里的任意文字。");
    return;
  }
  status.textContent = "正在搜索…";
  await paused;
  const found = number === latest && (await find(query, chosen));
  if (!found || number !== latest) {
    return; // typing goes on
  }
  await showFirst(number, query, found);
  const nothing = (!found.total || found.isGuide) && number === latest;
  if (nothing && !(await showMeant(number, query, chosen)) && !found.total) {
    const filtered = Object.values(chosen).some(Boolean);
    await advise(
      "可以换短一些的词，例如只输入两个字；或只输入项目编码的后六位" +
        (filtered ? "；或把上面的筛选改回“全部”。" : "。"),
    );
  }
  await leadToTheme(number, query);
}

function sayHowMany() {
  const { total, exact, hasOlder } = results;
  const searched = hasOlder ? "，更早的年度还没有搜索" : "";
  const typed = input.value.trim();
  const found = `找到${exact ? "" : "约"}${total}个页面${searched}`;
  if (!total) {
    status.textContent = `没有找到“${typed}”`;
  } else if (instead) {
    const { query, reason } = instead;
    status.textContent = `没有“${typed}”，下面是“${query}”的结果（${reason}）：${found}`;
  } else {
    status.textContent = found;
  }
}

/**
 * Looks for what may have been meant by a query that is nowhere, shows the first that is somewhere,
 * and offers the others. Whether there is one.
 *
 * @type {(number: number, query: string, chosen: Chosen) => Promise<boolean>}
 */
async function showMeant(number, query, chosen) {
  if (Object.values(chosen).some(Boolean) && (await find(query, {})).total) {
    return false; // it is there, but not within the filters
  }
  const { meant } = await import("./search-words.js");
  const candidates = await meant(query);
  for (const [index, candidate] of candidates.slice(0, TRIES).entries()) {
    const found = number === latest && (await find(candidate.query, chosen));
    if (!found || number !== latest) {
      return true; // typing goes on
    }
    const shown = await found.next(BATCH);
    if (shown.length && !found.isGuide && number === latest) {
      reset(candidate.query);
      instead = candidate;
      results = found;
      list.append(...shown.map(resultItem));
      more.hidden = !found.hasMore;
      offer(candidates.slice(index + 1).filter((other) => isAsGood(other, candidate)));
      sayHowMany();
      return true;
    }
  }
  return false;
}

/** Whether a word that was not looked for is on the site, for the same reason. @type {(other: Meant, found: Meant) => boolean} */
const isAsGood = ({ reason, there }, found) => there && reason === found.reason;

/** Offers other words that may have been meant. @param {Meant[]} candidates */
function offer(candidates) {
  const buttons = candidates.slice(0, OFFERED).map(({ query }) => {
    const button = element("button", "search__button", query);
    button.type = "button";
    button.addEventListener("click", () => {
      input.value = query;
      input.focus();
      startSearch();
    });
    return button;
  });
  part("[data-search-others] span").replaceChildren(...buttons);
  others.hidden = !buttons.length;
}

/** Leads to the theme that is called like a word of a query. @type {(number: number, query: string) => Promise<void>} */
async function leadToTheme(number, query) {
  const { themes } = await loadedIndex();
  const asked = [...words(query), ...words(instead?.query ?? "")];
  const found = themes.find(([name]) => asked.includes(name));
  if (number !== latest) {
    return; // typing goes on
  }
  if (found) {
    const link = element("a", "", `主题“${found[0]}”的全部项目`);
    link.href = address(found[1]);
    theme.replaceChildren(link);
  }
  theme.hidden = !found;
}

/** @type {(number: number, message: string) => void} */
function fail(number, message) {
  if (number === latest) {
    status.textContent = message;
    retry.hidden = false;
  }
}

/** Says what can be done, with links to browse by theme, by year and by department. @param {string} advice */
async function advise(advice) {
  part("[data-search-advice]").textContent = advice;
  browse.hidden = false;
  const { facets, departments, themes } = await loadedIndex();
  const named = facets.department.map((name, place) => [departments[place], name]);
  for (const [group, links] of Object.entries({
    themes: themes.map(([name, path]) => [path, name]),
    years: facets.year.map((year) => [`years/${year}/`, `${year}年`]),
    departments: named.filter(([path]) => path),
  })) {
    const list = part(`[data-search-browse="${group}"]`);
    list.replaceChildren(...links.map(([path, text]) => entry(path, text)));
    /** @type {HTMLElement} */ (list.parentElement).hidden = links.length === 0;
  }
}

/** @type {(path: string, text: string) => HTMLElement} */
function entry(path, text) {
  const link = element("a", "", text);
  link.href = address(path);
  return element("li", "", link);
}

/**
 * Keeps what is searched for in the address, so that it can be passed on and come back to.
 *
 * @param {string} query
 */
function remember(query) {
  const here = new URL(location.href);
  for (const [name, value] of Object.entries({ search: query, ...asParameters(chosenFacets()) })) {
    if (query && value) {
      here.searchParams.set(name, value);
    } else {
      here.searchParams.delete(name);
    }
  }
  window.history.replaceState(window.history.state, "", here);
}

/** The facets by the names they have in the address. @param {Chosen} facets */
const asParameters = (facets) =>
  Object.fromEntries(Object.entries(facets).map(([facet, value]) => [`search-${facet}`, value]));

/** Opens the box with what the address asks for; a choice that no longer exists counts as none. */
async function recall() {
  const asked = new URL(location.href).searchParams;
  const query = asked.get("search");
  if (!query) {
    return;
  }
  input.value = query;
  await fillFilters();
  for (const select of selects) {
    select.value = asked.get(`search-${select.dataset.facet}`) ?? "";
    if (select.selectedIndex === -1) {
      select.value = "";
    }
  }
  open();
}

/** Fills the filters with what there is to choose from. */
async function fillFilters() {
  const { facets } = await loadedIndex();
  for (const [facet, values] of Object.entries(facets)) {
    const select = selects.find(({ dataset }) => dataset.facet === facet);
    if (select?.options.length === 1) {
      select.append(...values.map((value) => new Option(value, value)));
    }
  }
  filters.hidden = false;
}

function open() {
  if (!dialog.open) {
    dialog.showModal();
  }
  input.select();
  // Fetched while the words are being typed. A failure is reported by the search itself.
  fillFilters().catch(() => {});
  import("./search-data.js").catch(() => {});
  startSearch();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  const field = "input:not([type=radio]):not([type=checkbox]), textarea, select";
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(field));
}

const STEPS = new Map([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);

/** @param {KeyboardEvent} event */
function moveFocus(event) {
  const step = STEPS.get(event.key);
  if (!step || event.target instanceof HTMLSelectElement) {
    return;
  }
  const links = /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".search__link"));
  const stops = [input, ...links];
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const next = stops[stops.indexOf(focused) + step];
  event.preventDefault();
  next?.focus();
}

/**
 * Enter: the best result for what stands in the box now, not for what stood there before.
 *
 * @param {Event} event
 */
async function openFirst(event) {
  event.preventDefault();
  await searching;
  list.querySelector("a")?.click();
}

function startSearch(pause = 0) {
  list.ariaBusy = "true";
  const started = search(pause);
  const number = latest;
  searching = started
    .catch(() => fail(number, "搜索没有成功。请检查网络后重试。"))
    .finally(() => {
      if (number === latest) {
        list.ariaBusy = "false";
        list.style.minHeight = "";
      }
    });
}

function addHomeBoxes() {
  const original = /** @type {Element} */ (document.querySelector(".search-open"));
  for (const place of document.querySelectorAll("[data-search]")) {
    const box = /** @type {Element} */ (original.cloneNode(true));
    box.classList.add("search-open--large");
    place.replaceChildren(box);
  }
}

addHomeBoxes();
for (const button of document.querySelectorAll("[data-search-open]")) {
  button.addEventListener("click", open);
}
document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (event.key === "/" && plain && !dialog.open && !isTyping(event.target)) {
    event.preventDefault();
    open();
  }
});
dialog.addEventListener("keydown", (event) => {
  if (event.isComposing) {
    return; // the keys belong to the Chinese input method
  }
  if (event.key === "Escape") {
    event.preventDefault(); // or the browser would first empty the box
    dialog.close();
  }
  moveFocus(event);
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) {
    dialog.close(); // beside the dialog's content
  }
});
dialog.addEventListener("close", () => remember(""));
part("[data-search-close]").addEventListener("click", () => dialog.close());
part("form").addEventListener("submit", openFirst);
input.addEventListener("input", (event) => {
  if (!(event instanceof InputEvent && event.isComposing)) {
    startSearch(PAUSE); // otherwise these are the letters of a Chinese input method
  }
});
input.addEventListener("compositionend", () => startSearch()); // the word is complete
filters.addEventListener("change", () => startSearch());
retry.addEventListener("click", open);
more.addEventListener("click", async () => {
  const last = list.lastElementChild;
  const number = latest;
  await showMore(number).catch(() => fail(number, "其余结果没有取到。请检查网络后重试。"));
  last?.nextElementSibling?.querySelector("a")?.focus();
});
recall().catch(() => open());
