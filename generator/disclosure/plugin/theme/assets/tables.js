// Sorting by the heads of table[data-sortable], and filters in [data-filters="id of a table"].
// Without this script the tables are complete, in the order of the documents.
import "../vendor/tablesort-5.7.1/tablesort.min.js";
import { headsOf, numberIn, textOf } from "./cells.js";
import { element, folded } from "./elements.js";

/**
 * What we use of the library.
 *
 * @typedef {{
 *   new (table: HTMLTableElement): object,
 *   extend(name: string, pattern: () => boolean, sort: (a: string, b: string) => number): void,
 * }} TablesortLibrary
 */
const { Tablesort } = /** @type {{Tablesort: TablesortLibrary}} */ (
  /** @type {unknown} */ (globalThis)
);
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
const NO_PATTERN = () => false;

// The library sorts downwards and turns the result around, so both compare the second first.
Tablesort.extend("text", NO_PATTERN, (a, b) => collator.compare(b.trim(), a.trim()));
Tablesort.extend("number", NO_PATTERN, (a, b) => (numberIn(b) || 0) - (numberIn(a) || 0));

/** @param {HTMLTableElement} table */
function makeSortable(table) {
  if (table.tBodies[0].rows.length < 2) {
    return;
  }
  for (const head of headsOf(table).filter(({ dataset }) => dataset.sortMethod !== "none")) {
    prepareHead(table, head);
  }
  new Tablesort(table);
  // The button takes the focus, not the cell around it as well; and a head of a column is one
  // without being told, while Material draws an arrow of its own beside those that were told.
  for (const head of headsOf(table)) {
    head.removeAttribute("tabindex");
    head.removeAttribute("role");
  }
  table.addEventListener("afterSort", () => emptyCellsLast(table));
  const hint = element("span", { className: "visually-hidden" }, "，点列标题可以排序");
  table.caption?.append(hint);
}

/**
 * A real button in the head: reached and pressed by keyboard, and announced as one.
 *
 * @type {(table: HTMLTableElement, head: HTMLTableCellElement) => void}
 */
function prepareHead(table, head) {
  const [first] = table.tBodies[0].rows;
  const isNumber = first.cells[head.cellIndex].matches(".money, .number");
  head.dataset.sortMethod = isNumber ? "number" : "text";
  // Of money the largest is asked for first; of running numbers the smallest.
  head.toggleAttribute("data-sort-reverse", head.matches(".money"));
  const button = element("button", { type: "button", className: "sort" });
  button.append(...head.childNodes);
  head.append(button);
}

/** @param {HTMLTableElement} table */
function emptyCellsLast(table) {
  const head = headsOf(table).find((each) => each.hasAttribute("aria-sort"));
  const [body] = table.tBodies;
  if (head) {
    body.append(...[...body.rows].filter((row) => textOf(row.cells[head.cellIndex]) === ""));
  }
}

// Filters: a box for text where the list is long, a choice for each head with data-filter that
// has more than one value. What is chosen stands in the address, so that it can be passed on.
const LONG = 8;

/**
 * @typedef {object} Field A box or a choice.
 * @property {string} name In the address.
 * @property {string} label
 * @property {HTMLInputElement | HTMLSelectElement} control
 * @property {(row: HTMLTableRowElement, value: string) => boolean} fits
 */

/** @param {HTMLElement} mount */
function setUpFilters(mount) {
  const table = /** @type {HTMLTableElement} */ (
    document.getElementById(mount.dataset.filters ?? "")
  );
  const noun = mount.dataset.noun ?? "";
  const rows = [...table.tBodies[0].rows];
  const all = [...(rows.length < LONG ? [] : [textField(rows)]), ...choices(table, rows)];
  // Several tables of a page keep their filters apart.
  const { prefix = "" } = mount.dataset;
  const isOne = document.querySelectorAll("[data-filters]").length === 1;
  all.forEach((field) => {
    field.name = `${prefix}${field.name}`;
    field.label = prefix && !isOne ? `${noun}：${field.label}` : field.label;
  });
  const fields = all.filter(isOffered);
  if (fields.length === 0) {
    return;
  }
  const status = element("p", { className: "filters__status" });
  status.setAttribute("role", "status");
  const reset = element("button", { type: "button", className: "filters__reset" }, "清除筛选");
  const apply = () => {
    const shown = show(rows, fields);
    const active = fields.some(({ control }) => control.value !== "");
    reset.hidden = !active;
    mount.toggleAttribute("data-active", active);
    // A total of all rows under some of them would be read as theirs.
    if (table.tFoot) {
      table.tFoot.hidden = active;
    }
    const which = "part" in mount.dataset ? "本部分" : "";
    status.textContent =
      which + (active ? summary(noun, shown, rows) : `共${numberOf(rows, noun)}`);
  };
  for (const { control } of fields) {
    control.addEventListener("input", () => {
      apply();
      remember(fields);
    });
  }
  reset.addEventListener("click", () => {
    for (const { control } of fields) {
      control.value = "";
    }
    apply();
    remember(fields);
    fields[0].control.focus();
  });
  recall(fields);
  apply();
  mount.append(...folding(fields, `${prefix}filters`), reset, status);
  mount.hidden = false;
}

/**
 * On a phone the fields, and the heads that sort, wait behind a button, unless one is in use: the
 * first row should not be a screen away.
 *
 * @type {(fields: Field[], id: string) => HTMLElement[]}
 */
function folding(fields, id) {
  const place = element("div", { className: "filters__fields", id });
  place.append(...fields.map(labelled));
  const toggle = element("button", { type: "button", className: "filters__toggle" }, "筛选和排序");
  /** @param {boolean} isOpen */
  const turn = (isOpen) => toggle.setAttribute("aria-expanded", String(isOpen));
  toggle.setAttribute("aria-controls", id);
  toggle.addEventListener("click", () => turn(toggle.getAttribute("aria-expanded") === "false"));
  turn(fields.some(({ control }) => control.value !== ""));
  return [toggle, place];
}

/** @type {(rows: HTMLTableRowElement[]) => Field} */
function textField(rows) {
  const texts = new Map(rows.map((row) => [row, folded(row.textContent ?? "")]));
  return {
    name: "q",
    label: "含有文字",
    control: element("input", { type: "search", autocomplete: "off", maxLength: 100 }),
    fits: (row, typed) =>
      folded(typed)
        .split(/\s+/)
        .every((word) => texts.get(row)?.includes(word)),
  };
}

/** @type {(table: HTMLTableElement, rows: HTMLTableRowElement[]) => Field[]} */
function choices(table, rows) {
  return headsOf(table)
    .filter((head) => head.dataset.filter)
    .map((head) => choice(head, rows));
}

/** A choice needs two values, but for one that the address asks for. @param {Field} field */
const isOffered = ({ name, control }) =>
  control instanceof HTMLInputElement || control.options.length > 2 || askedFor(name) !== "";

/** @param {string} name */
const askedFor = (name) => new URL(location.href).searchParams.get(name) ?? "";

/** @type {(head: HTMLTableCellElement, rows: HTMLTableRowElement[]) => Field & {control: HTMLSelectElement}} */
function choice(head, rows) {
  const values = new Map(rows.map((row) => [row, valuesIn(row, head)]));
  const control = element("select", { autocomplete: "off" });
  control.add(new Option("全部", ""));
  for (const [key, { label, number }] of tally(values.values())) {
    control.add(new Option(`${label}（${number}）`, key));
  }
  return {
    name: head.dataset.filter ?? "",
    label: head.dataset.label ?? textOf(head),
    control,
    fits: (row, chosen) => Boolean(values.get(row)?.has(chosen)),
  };
}

/**
 * What a row has in a column: key → label. A cell with several values shows each as a .state
 * with its number behind; the row names their keys, in the same order, in data-<column>. The head
 * may say what the keys are called.
 *
 * @type {(row: HTMLTableRowElement, head: HTMLTableCellElement) => Map<string, string>}
 */
function valuesIn(row, head) {
  const known = row.dataset[head.dataset.filter ?? ""]?.trim().split(/\s+/);
  if (head.dataset.words) {
    return new Map(wordsOf(head.dataset.words).filter(([key]) => known?.includes(key)));
  }
  const cell = row.cells[head.cellIndex];
  const parts = cell.querySelectorAll(".state");
  const labels = parts.length
    ? [...parts].map((part) => (part.textContent ?? "").replace(/\d+$/, ""))
    : [textOf(cell)].filter((label) => label !== "");
  return new Map(labels.map((label, index) => [(known ?? labels)[index], label]));
}

/** `key word；key word`. @type {(text: string) => [key: string, word: string][]} */
const wordsOf = (text) =>
  text.split("；").map((pair) => {
    const [key, word] = pair.split(" ");
    return [key, word];
  });

/** @param {Iterable<Map<string, string>>} found */
function tally(found) {
  const counts = new Map();
  for (const [key, label] of [...found].flatMap((values) => [...values])) {
    counts.set(key, { label, number: (counts.get(key)?.number ?? 0) + 1 });
  }
  return counts;
}

/** @type {(rows: HTMLTableRowElement[], fields: Field[]) => HTMLTableRowElement[]} */
function show(rows, fields) {
  const active = fields.filter(({ control }) => control.value.trim() !== "");
  for (const row of rows) {
    row.hidden = !active.every(({ fits, control }) => fits(row, control.value.trim()));
  }
  return rows.filter((row) => !row.hidden);
}

/** @type {(noun: string, shown: HTMLTableRowElement[], all: HTMLTableRowElement[]) => string} */
function summary(noun, shown, all) {
  const found =
    shown.length === 0 ? `没有符合条件的${noun}` : `符合条件的${noun}有${numberOf(shown)}`;
  return `${found}，共${numberOf(all)}`;
}

/**
 * What was called off is said beside the number and not in it, as everywhere on the site.
 *
 * @param {HTMLTableRowElement[]} rows
 */
function numberOf(rows, noun = "") {
  const off = rows.filter((row) => "calledOff" in row.dataset).length;
  return `${rows.length - off}个${noun}${off ? `（另有${off}个已撤销）` : ""}`;
}

/** @param {Field[]} fields */
function remember(fields) {
  const address = new URL(location.href);
  for (const { name, control } of fields) {
    if (control.value === "") {
      address.searchParams.delete(name);
    } else {
      address.searchParams.set(name, control.value);
    }
  }
  history.replaceState(history.state, "", address);
}

/**
 * Who asks for what the list does not have (any more) sees that, and not a list of all.
 *
 * @param {Field[]} fields
 */
function recall(fields) {
  for (const { name, control } of fields) {
    const asked = askedFor(name);
    control.value = asked;
    if (control instanceof HTMLSelectElement && control.selectedIndex === -1) {
      control.add(new Option("这里没有的", asked));
      control.value = asked;
    }
  }
}

/** @param {Field} field */
function labelled({ name, label, control }) {
  const field = element("div", { className: "filters__field" });
  control.id = `filter-${name}`;
  field.append(element("label", { htmlFor: control.id }, label), control);
  return field;
}

for (const line of document.querySelectorAll("[data-query]")) {
  const { query = "" } = /** @type {HTMLElement} */ (line).dataset;
  const [name, key] = query.split("=");
  line.toggleAttribute("data-asked", askedFor(name) === key);
}
for (const mount of document.querySelectorAll("[data-filters]")) {
  setUpFilters(/** @type {HTMLElement} */ (mount));
}
for (const table of document.querySelectorAll("table[data-sortable]")) {
  makeSortable(/** @type {HTMLTableElement} */ (table));
}
