// A target as it is shown, downloaded and embedded.

import { element } from "./elements.js";
import { address } from "./search-files.js";

/**
 * A row with everything that is said of it.
 *
 * @typedef {{indicator: string, old: string, target: string, actual: string, project: string, address: string, year: string, department: string, budget: string, version: string, kind: string, changeKey: string, change: string, size: number | null, days: number, outcomeKey: string, outcome: string, achieved: number | null, late: number, moved: boolean}} Line
 */

/** @typedef {Record<"change" | "outcome", Map<string, string>>} Labels */

/** @type {(place: import("./finder-prepared.js").Place, words: Labels) => Line} */
export function lineOf({ year, block, at }, words) {
  const [project, address, department, budget] = block.projects[block.project[at]];
  const changeKey = block.change[at];
  const outcomeKey = block.outcome[at];
  return {
    indicator: block.indicator[at],
    old: block.old[at],
    target: block.target[at],
    actual: block.actual[at],
    project,
    address,
    year: year.year,
    department,
    budget,
    version: block.version[at] || "现行版本",
    kind: block.kind[at],
    changeKey,
    change: words.change.get(changeKey) ?? "",
    size: block.size[at],
    days: block.days[at],
    outcomeKey,
    outcome: words.outcome.get(outcomeKey) ?? "",
    achieved: block.achieved[at],
    late: block.late[at],
    moved: block.moved[at] === 1,
  };
}

/** An amount as on the pages: commas between thousands. @param {string} text */
const grouped = (text) => text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ","));

/** A number with its sign, as on the pages. @type {(value: number, unit: string) => string} */
const signed = (value, unit) =>
  `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value)}${unit}`;

/** @type {(line: Line) => string} */
const sizeOf = ({ size, days }) =>
  size === null ? (days ? signed(days, "天") : "") : signed(size, "%");

/** @type {(line: Line) => string} */
const achievedOf = ({ achieved, late }) =>
  achieved === null ? (late ? signed(late, "天") : "") : `${achieved}%`;

/** @param {string} text */
const remark = (text) => (text ? [element("span", { className: "reason" }, text)] : []);

/** @type {(look: string, text: string) => Node[]} */
const state = (look, text) => (text ? [element("span", { className: `state ${look}` }, text)] : []);

/** An empty cell has nothing in it, so that a card leaves it out. @param {string} text */
const texts = (text) => (text ? [text] : []);

/** The columns of the table. @type {{title: string, look: string, cell: (line: Line) => (Node | string)[]}[]} */
export const HEADS = [
  {
    title: "指标",
    look: "",
    cell: (line) => [line.indicator, ...remark(line.kind)],
  },
  { title: "上年指标值", look: "", cell: ({ old }) => texts(old) },
  { title: "指标值", look: "", cell: ({ target }) => texts(target) },
  {
    title: "与上年比",
    look: "",
    cell: (line) => [
      ...state(`state-${line.changeKey}`, line.change),
      ...remark(sizeOf(line)),
      ...remark(line.moved ? "公开后改动过" : ""),
    ],
  },
  { title: "实际完成值", look: "", cell: ({ actual }) => texts(actual) },
  {
    title: "完成情况",
    look: "",
    cell: (line) => [
      ...state(`outcome-${line.outcomeKey}`, line.outcome),
      ...remark(line.outcome ? "" : "没有评价"),
      ...remark(achievedOf(line)),
    ],
  },
  {
    title: "项目",
    look: "finder__project",
    cell: (line) => [
      element("a", { href: address(line.address) }, line.project),
      ...remark(
        `${line.department}，${line.year}年${line.version === "现行版本" ? "" : `，${line.version}`}`,
      ),
    ],
  },
  { title: "预算数（万元）", look: "money", cell: ({ budget }) => texts(grouped(budget)) },
];

/** The columns of the CSV file. @type {[title: string, value: (line: Line) => string][]} */
const COLUMNS = [
  ["年度", ({ year }) => year],
  ["部门", ({ department }) => department],
  ["项目", ({ project }) => project],
  ["项目预算数（万元）", ({ budget }) => budget],
  ["版本", ({ version }) => version],
  ["三级指标", ({ indicator }) => indicator],
  ["指标类型", ({ kind }) => kind],
  ["上年指标值", ({ old }) => old],
  ["指标值", ({ target }) => target],
  ["与上年比", ({ change }) => change],
  ["幅度（%）", ({ size }) => (size === null ? "" : String(size))],
  ["天数", ({ days }) => (days ? String(days) : "")],
  ["公开后改动过", ({ moved }) => (moved ? "是" : "否")],
  ["实际完成值", ({ actual }) => actual],
  ["完成情况", ({ outcome }) => outcome || "没有评价"],
  ["完成（%）", ({ achieved }) => (achieved === null ? "" : String(achieved))],
  ["晚的天数", ({ late }) => (late ? String(late) : "")],
  ["网址", (line) => address(line.address)],
];

/** The first line of a file for spreadsheets. */
export const csvHead = () => `\ufeff${csvRow([...COLUMNS.map(([title]) => title), "数据版本"])}`;

/** Lines as spreadsheets open them. @type {(lines: Line[], version: string) => string} */
export const csvOf = (lines, version) =>
  lines.map((line) => csvRow([...COLUMNS.map(([, value]) => value(line)), version])).join("");

/** @param {string[]} cells */
const csvRow = (cells) => `${cells.map(cellOf).join(",")}\r\n`;

/** @param {string} text */
function cellOf(text) {
  const safe = harmless(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * No spreadsheet takes it for a formula; the rule of generator/disclosure/exports/writers/spreadsheet.py.
 *
 * @param {string} text
 */
export function harmless(text) {
  const isFormula = /^[=+@\t\r\n'\-＝＋＠－]/.test(text);
  return isFormula && !/^-?[0-9]+(\.[0-9]+)?$/.test(text) ? `'${text}` : text;
}

/**
 * The lines as HTML for other sites. It holds the values themselves and the version of the data, so
 * that it stays what was cited; it is made of elements, which escape every text.
 *
 * @type {(lines: Line[], version: string) => string}
 */
export function embedded(lines, version) {
  const table = element("table", {});
  const head = table.createTHead().insertRow();
  for (const { title } of HEADS) {
    head.append(element("th", { scope: "col" }, title));
  }
  const body = table.createTBody();
  for (const line of lines) {
    const row = body.insertRow();
    for (const { cell } of HEADS) {
      const place = row.insertCell();
      for (const part of cell(line)) {
        place.append(place.childNodes.length ? " " : "", part);
      }
    }
  }
  const source = element("figcaption", {}, version ? `数据版本：${version}。` : "");
  source.append("来源：", element("a", { href: location.href }, document.title));
  const figure = element("figure", {});
  figure.append(table, source);
  for (const one of figure.querySelectorAll("[class]")) {
    one.removeAttribute("class");
  }
  return figure.outerHTML;
}

/** Laid out as cards, a table is one only by its roles. @type {<Part extends HTMLElement>(part: Part, role: string) => Part} */
function withRole(part, role) {
  part.setAttribute("role", role);
  return part;
}

function headRow() {
  const row = withRole(element("tr", {}), "row");
  for (const { title, look } of HEADS) {
    row.append(withRole(element("th", { scope: "col", className: look }, title), "columnheader"));
  }
  const made = withRole(element("thead", {}), "rowgroup");
  made.append(row);
  return made;
}

/** @param {Line[]} lines */
function bodyRows(lines) {
  const made = withRole(element("tbody", {}), "rowgroup");
  for (const line of lines) {
    const row = withRole(element("tr", {}), "row");
    for (const [at, { title, look, cell }] of HEADS.entries()) {
      const parts = cell(line);
      const place = at
        ? withRole(element("td", { className: look }), "cell")
        : withRole(element("th", { scope: "row" }), "rowheader");
      place.append(...parts);
      if (at && parts.length) {
        place.dataset.label = title;
        // As `value` of generator/disclosure/pages/templates/macros.md.j2.
        place.classList.toggle("short", place.textContent.length < 11);
      }
      row.append(place);
    }
    made.append(row);
  }
  return made;
}

/** A table without lines; its name stays while they change. */
export function emptyTable() {
  const table = withRole(element("table", { className: "list" }), "table");
  table.append(element("caption", {}, "符合条件的指标"));
  return table;
}

/** Shows lines and nothing else. @type {(table: HTMLTableElement, lines: Line[]) => void} */
export function fill(table, lines) {
  table.tHead ?? table.append(headRow());
  table.tBodies[0]?.remove();
  table.append(bodyRows(lines));
}

/** Shows further lines below. @type {(table: HTMLTableElement, lines: Line[]) => void} */
export const extend = (table, lines) => table.tBodies[0].append(...bodyRows(lines).rows);
