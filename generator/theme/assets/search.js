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
let waiting = []; // full-text results not shown yet
let shown = new Set();

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children); // strings become text nodes: text from data is never markup
  return made;
}

function marked(name, className, text, needles) {
  const pieces = marks(text, needles);
  return element(
    name,
    className,
    ...pieces.map((piece) => (piece.marked ? element("mark", "", piece.text) : piece.text)),
  );
}

function show(result, needles) {
  if (shown.has(result.path)) {
    return;
  }
  shown.add(result.path);
  const link = element(
    "a",
    "search__link",
    marked("span", "search__title", result.title, needles),
    element(
      "span",
      "search__about",
      [result.kind, result.year && `${result.year}年`, result.department].filter(Boolean).join(" · "),
    ),
    marked("span", "search__excerpt", result.excerpt, needles),
  );
  link.href = address(result.path);
  list.append(element("li", "search__result", link));
}

/** Shows the next results, until there are `BATCH` more or none are left. */
async function showMore(needles, number) {
  const target = list.children.length + BATCH;
  while (waiting.length && list.children.length < target) {
    const batch = waiting.splice(0, target - list.children.length);
    const results = await Promise.all(batch.map((load) => load()));
    if (number !== latest) {
      return;
    }
    results.forEach((result) => show(result, needles));
  }
  more.hidden = !waiting.length;
}

function chosenFacets() {
  const selects = [...filters.querySelectorAll("select")];
  return Object.fromEntries(selects.map((select) => [select.dataset.facet, select.value]));
}

function reset() {
  list.replaceChildren();
  shown = new Set();
  waiting = [];
  more.hidden = true;
  retry.hidden = true;
  browse.hidden = true;
}

async function search() {
  const number = ++latest;
  const query = input.value.trim();
  if (!query) {
    reset();
    status.textContent = "";
    await advise("输入项目名称、项目编码（后几位也可以），或正文里的任意文字。");
    return;
  }
  status.textContent = "正在搜索…";
  const chosen = chosenFacets();
  const text = searchFullText(query, chosen).then(
    (results) => ({ results, failed: false }),
    () => ({ results: [], failed: true }),
  );
  try {
    const named = await searchCatalogue(query, chosen);
    if (number !== latest) {
      return;
    }
    reset();
    named.forEach((result) => show(result, words(query)));
  } catch {
    fail(number, "搜索数据没有取到。请检查网络后重试。");
    return;
  }
  const { results, failed } = await text;
  if (number === latest) {
    await finish(query, results, failed, number);
  }
}

/** Adds the full text's results to the names and codes found, and says how many there are. */
async function finish(query, results, failed, number) {
  const named = shown.size;
  waiting = results;
  try {
    await showMore(runs(query), number);
  } catch {
    failed = true;
  }
  if (number !== latest) {
    return;
  }
  if (failed) {
    fail(number, `正文搜索没有成功，下面只有名称或编码相符的${named}条。请检查网络后重试。`);
    return;
  }
  // Every page holds its own name and code, so the full text finds all that the catalogue did.
  const count = Math.max(named, results.length, shown.size);
  status.textContent = count ? `找到${count}条结果` : `没有找到“${query}”`;
  if (!count) {
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
  // Fetched while the words are being typed; a failure is reported by the search itself.
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
  searching = search().catch(() => fail(latest, "搜索没有成功。请检查网络后重试。"));
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
input.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(startSearch, PAUSE);
});
filters.addEventListener("change", startSearch);
retry.addEventListener("click", open);
more.addEventListener("click", async () => {
  const last = list.lastElementChild;
  await showMore(runs(input.value), latest);
  last?.nextElementSibling?.querySelector("a").focus();
});
