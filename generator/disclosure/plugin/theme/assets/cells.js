// Reads the cells of the site's tables, for whatever sorts, filters or draws them.

const NUMBER = /[+\-−]?\d[\d,]*(?:\.\d+)?/;

/**
 * The cell's own words, without the code and the remarks under them.
 *
 * @param {HTMLElement} cell
 */
export function textOf(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const part of copy.querySelectorAll(".code, .reason, .note-ref")) {
    part.remove();
  }
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/**
 * The number that a text begins with, whatever its sign looks like; NaN without one.
 *
 * @param {string} text
 */
export function numberIn(text) {
  const [found] = text.match(NUMBER) ?? [];
  return found === undefined ? NaN : Number(found.replace("−", "-").replaceAll(",", ""));
}

/** @param {HTMLElement} cell */
const valueOf = (cell) => cell.dataset.value ?? textOf(cell);

/** The head of a table, which every table that is sorted or drawn has. @param {HTMLTableElement} table */
export const headsOf = (table) => [
  .../** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells,
];

/** The texts of a row, by the names of their columns. @typedef {Record<string, string>} Row */

/**
 * One object for each row of the body: the columns that the head names with data-column. A cell
 * says its value in data-value, or else in its text.
 *
 * @param {HTMLTableElement} table
 * @returns {Row[]}
 */
export function rowsOf(table) {
  const columns = headsOf(table).filter((head) => head.dataset.column);
  return [...table.tBodies[0].rows].map((row) =>
    Object.fromEntries(
      columns.map((head) => [head.dataset.column, valueOf(row.cells[head.cellIndex])]),
    ),
  );
}
