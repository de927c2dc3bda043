// The search box: opens, listens, shows. What is found is decided in search-data.js.

import {
  FACETS, address, loadedCatalogue, loadedPagefind, searchCatalogue, searchFullText,
} from "./search-data.js";
import { marks, runs, words } from "./search-text.js";

const BATCH = 10;
const PAUSE = 150; // milliseconds without typing before a search starts

const dialog = document.querySelector("dialog.search");
const part = (selector) => dialog.querySelector(selector);
const input = part(".search__input");
const filters = part(".search__filters");
const status = part(".search__status");
const list = part(".search__results");
const more = part("[data-search-more]");
const retry = part("[data-search-retry]");
const browse = part(".search__browse");

let latest = 0; // number of the newest search; the answers of older ones are dropped
let pause; // the timer of the search that starts when typing pauses
let searching = Promise.resolve();
let needles = []; // what is marked in the results
let waiting = []; // results not shown yet, as functions that load them
let total = 0; // how many different pages there are among all results
let limit = BATCH; // how many the reader has asked to see
let shown = new Set(); // their addresses

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children); // strings become text nodes: text from data is never markup
  return made;
}

function marked(name, className, text) {
  const pieces = marks(text, needles).map((piece) =>
    piece.marked ? element("mark", "", piece.text) : piece.text,
  );
  return element(name, className, ...pieces);
}

function show(result) {
  if (shown.has(result.path)) {
    return; // found by its name or code already
  }
  shown.add(result.path);
  const about = [result.kind, result.year && `${result.year}年`, result.department];
  const link = element(
    "a",
    "search__link",
    marked("span", "search__title", result.title),
    element("span", "search__about", about.filter(Boolean).join(" · ")),
    marked("span", "search__excerpt", result.excerpt),
  );
  link.href = address(result.path);
  list.append(element("li", "search__result", link));
}

/** Shows results until there are as many as asked for, or no more. */
async function fill(number) {
  const wanted = () => Math.min(limit, total) - shown.size;
  while (waiting.length && wanted() > 0) {
    const batch = waiting.splice(0, wanted());
    const results = await Promise.all(batch.map((load) => load()));
    if (number !== latest) {
      return;
    }
    results.forEach(show);
  }
  more.hidden = shown.size >= total;
}

function chosenFacets() {
  const selects = [...filters.querySelectorAll("select")];
  return Object.fromEntries(selects.map((select) => [select.dataset.facet, select.value]));
}

function reset(query) {
  needles = [...new Set([...words(query), ...runs(query)])];
  waiting = [];
  total = 0;
  limit = BATCH;
  shown = new Set();
  list.replaceChildren();
  more.hidden = true;
  retry.hidden = true;
  browse.hidden = true;
}

async function search() {
  const number = ++latest;
  const query = input.value.trim();
  if (!query) {
    reset(query);
    status.textContent = "";
    await advise("输入项目名称、项目编码（后几位也可以），或正文里的任意文字。");
    return;
  }
  status.textContent = "正在搜索…";
  const chosen = chosenFacets();
  const fullText = searchFullText(query, chosen).catch(() => undefined);
  const named = await searchCatalogue(query, chosen);
  if (number !== latest) {
    return;
  }
  reset(query);
  waiting = named.map((result) => () => result);
  total = named.length;
  await fill(number);
  const found = await fullText;
  if (number === latest) {
    await finish(query, found, number);
  }
}

/** Adds the full text's results, if it could be searched, and says how many there are. */
async function finish(query, found, number) {
  if (!found) {
    fail(number, `正文搜索没有成功，下面只列出名称或编码相符的${total}条。请检查网络后重试。`);
    return;
  }
  waiting.push(...found);
  // Every page holds its own name and code, so the full text finds what the catalogue found.
  total = Math.max(total, found.length);
  status.textContent = total ? `找到${total}条结果` : `没有找到“${query}”`;
  await fill(number);
  if (!total && number === latest) {
    const filtered = Object.values(chosenFacets()).some(Boolean);
    await advise(
      "可以换短一些的词，例如只输入两个字；或只输入项目编码的后六位" +
        (filtered ? "；或把上面的筛选改回“全部”。" : "。"),
    );
  }
}

function fail(number, message) {
  if (number === latest) {
    status.textContent = message;
    retry.hidden = false;
  }
}

/** Says what can be done, with links to browse by year and by department. */
async function advise(advice) {
  part("[data-search-advice]").textContent = advice;
  browse.hidden = false;
  const { facets, entries } = await loadedCatalogue();
  const departments = facets.department
    .map((name) => entries.find((entry) => entry.kind === "部门" && entry.department === name))
    .filter(Boolean);
  const links = [
    ...facets.year.map((year) => [`years/${year}/`, `${year}年`]),
    ...departments.map((entry) => [entry.path, entry.department]),
  ];
  part("[data-search-browse]").replaceChildren(
    ...links.map(([path, text]) => {
      const link = element("a", "", text);
      link.href = address(path);
      return element("li", "", link);
    }),
  );
}

/** Fills the filters with what there is to choose from. */
async function fillFilters() {
  const { facets } = await loadedCatalogue();
  for (const facet of FACETS) {
    const select = filters.querySelector(`[data-facet="${facet}"]`);
    if (select.options.length === 1) {
      select.append(...facets[facet].map((value) => new Option(value, value)));
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
  Promise.all([fillFilters(), loadedPagefind()]).catch(() => {});
  startSearch();
}

function isTyping(target) {
  const field = "input:not([type=radio]):not([type=checkbox]), textarea, select";
  return target.isContentEditable || target.matches(field);
}

function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.tagName === "SELECT") {
    return;
  }
  const stops = [input, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  event.preventDefault();
  next?.focus();
}

/** Enter: the best result for what stands in the box now, not for what stood there before. */
async function openFirst(event) {
  event.preventDefault();
  if (pause) {
    startSearch();
  }
  await searching;
  list.querySelector("a")?.click();
}

function startSearch() {
  clearTimeout(pause);
  pause = undefined;
  list.ariaBusy = "true";
  const started = search();
  const number = latest;
  searching = started
    .catch(() => fail(number, "搜索没有成功。请检查网络后重试。"))
    .finally(() => {
      list.ariaBusy = String(number !== latest || pause !== undefined);
    });
}

function startSearchSoon() {
  clearTimeout(pause);
  list.ariaBusy = "true";
  pause = setTimeout(startSearch, PAUSE);
}

function addHomeBoxes() {
  const original = document.querySelector(".search-open");
  for (const place of document.querySelectorAll("[data-search]")) {
    const box = original.cloneNode(true);
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
part("[data-search-close]").addEventListener("click", () => dialog.close());
part("form").addEventListener("submit", openFirst);
input.addEventListener("input", (event) => {
  if (!event.isComposing) {
    startSearchSoon(); // otherwise these are the letters of a Chinese input method
  }
});
input.addEventListener("compositionend", startSearchSoon);
filters.addEventListener("change", startSearch);
retry.addEventListener("click", open);
more.addEventListener("click", async () => {
  const last = list.lastElementChild;
  limit += BATCH;
  await fill(latest).catch(() => fail(latest, "其余结果没有取到。请检查网络后重试。"));
  last.nextElementSibling?.querySelector("a").focus();
});
