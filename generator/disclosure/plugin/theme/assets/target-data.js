// Fetches the targets of a year; their form is decided in generator/disclosure/site/target_files.py.

import { folded } from "./elements.js";
import { once, unpacked } from "./search-files.js";

/** @typedef {{words: string[], of: number[]}} Words A column of words: the list, and which by row. */

/**
 * The facts of a year as they were written.
 *
 * @typedef {object} Facts
 * @property {string} stamp Names the state of the texts.
 * @property {number} block So many rows have their texts in one file.
 * @property {[id: string, name: string][]} departments
 * @property {number[]} counts How many projects each department has.
 * @property {number[]} rows How many rows each project has.
 * @property {string[]} budgets Of each project, in 万元; "" without one.
 * @property {Words} change
 * @property {Words} outcome
 * @property {Words} kind
 * @property {Words} version
 * @property {number[]} moved
 * @property {(number | null)[]} size
 * @property {number[]} days
 * @property {(number | null)[]} achieved
 * @property {number[]} late
 */

/**
 * @typedef {Facts & {year: string, total: number, project: Uint32Array, department: Uint16Array, money: Float64Array, folded: string[]}} Year
 * With the project of each row and the department and money of each project; `folded` holds the
 * words of each row once they were asked for.
 */

/** @typedef {{first: number, projects: [name: string, address: string][], indicator: string[], old: string[], target: string[], actual: string[]}} Block */

/** @typedef {{indicator: string, old: string, target: string, actual: string, project: string, address: string}} Texts */

/** A year; the server is always asked. @type {(year: string) => Promise<Year>} */
export const loadedYear = (year) =>
  once(`targets/${year}.facts`, async (path) => {
    const facts = await (await unpacked(path, { cache: "no-cache" })).json();
    return prepared(year, facts);
  });

/** @type {(year: string, facts: Facts) => Year} */
function prepared(year, facts) {
  const department = Uint16Array.from(
    facts.counts.flatMap((count, index) => Array(count).fill(index)),
  );
  const total = facts.change.of.length;
  const project = new Uint32Array(total);
  let at = 0;
  for (const [index, count] of facts.rows.entries()) {
    project.fill(index, at, at + count);
    at += count;
  }
  const money = Float64Array.from(facts.budgets, (text) => (text === "" ? NaN : Number(text)));
  return { ...facts, year, total, project, department, money, folded: [] };
}

/** @type {(year: Year, number: number) => Promise<Block>} */
const blockOf = (year, number) =>
  once(`targets/${year.year}/${number}.texts?${year.stamp}`, async (path) =>
    (await unpacked(path)).json(),
  );

/** What a row says, as printed. @type {(year: Year, row: number) => Promise<Texts>} */
export async function textsOf(year, row) {
  const block = await blockOf(year, Math.floor(row / year.block));
  const at = row % year.block;
  const [project, address] = block.projects[year.project[row] - block.first];
  const { indicator, old, target, actual } = block;
  return {
    indicator: indicator[at],
    old: old[at],
    target: target[at],
    actual: actual[at],
    project,
    address,
  };
}

/** Loads the words of all rows, to be searched. @param {Year} year */
export async function loadWords(year) {
  if (year.folded.length === year.total) {
    return;
  }
  const numbers = [...Array(Math.ceil(year.total / year.block)).keys()];
  const blocks = await Promise.all(numbers.map((number) => blockOf(year, number)));
  year.folded = blocks.flatMap((block, number) =>
    block.indicator.map((indicator, at) => {
      const [name] = block.projects[year.project[number * year.block + at] - block.first];
      return folded(
        [indicator, name, block.old[at], block.target[at], block.actual[at]].join("\n"),
      );
    }),
  );
}
