// Fetches the targets of a year; their form is decided in generator/disclosure/site/target_files.py.

import { once, unpacked } from "./search-files.js";

/**
 * What a year has: what can be chosen, and the lines of the first view.
 *
 * @typedef {object} Facts
 * @property {string} folder Named for what is in it.
 * @property {number} block So many rows have their lines in one file.
 * @property {number} chunk So many blocks are in one file again.
 * @property {number} total How many rows there are.
 * @property {number} projects How many projects have some.
 * @property {number} current How many are of the version in force.
 * @property {[id: string, name: string, rows: number][]} departments
 * @property {string[]} kinds
 * @property {Block} first
 */

/** @typedef {Facts & {year: string, chunks: Block[][]}} Year With the chunks that were read. */

/**
 * A column: its values, and for each row the number of its value.
 *
 * @template Value
 * @typedef {{values: Value[], of: Uint32Array}} Column
 */

/** @typedef {"change" | "outcome" | "kind" | "version" | "moved" | "clear"} Choice A column of words. */
/** @typedef {"size" | "achieved" | "money"} Rank A column of numbers, in the order that they are sorted in. */

/**
 * All that is shown of some rows, in columns.
 *
 * @typedef {object} Block
 * @property {[name: string, address: string, department: string, budget: string][]} projects
 * @property {number[]} project Which of them, for each row.
 * @property {string[]} indicator
 * @property {string[]} kind
 * @property {string[]} version
 * @property {string[]} old
 * @property {string[]} target
 * @property {string[]} change
 * @property {(number | null)[]} size
 * @property {number[]} days
 * @property {string[]} actual
 * @property {string[]} outcome
 * @property {(number | null)[]} achieved
 * @property {number[]} late
 * @property {number[]} moved
 * @property {string[]} clear What it says and lacks, in words.
 */

/**
 * What each value of a choice shows first: how many rows fit, and which of the lines; `whole` where
 * no value is left out.
 *
 * @typedef {{whole: boolean, lines: Block, views: Record<string, [count: number, places: number[]]>}} Views
 */

const AT_ONCE = 4;
const LINE_END = 0x0a;

/** A year; the server is always asked. @type {(year: string) => Promise<Year>} */
export const loadedYear = (year) =>
  once(`targets/${year}.facts`, async (path) => {
    const facts = await (await unpacked(path, { cache: "no-cache" })).json();
    return { ...facts, year, chunks: [] };
  });

/** @type {(path: string) => Promise<any>} */
const read = (path) => once(path, async () => (await unpacked(path)).json());

/** In the order of a rank, or of departments. @type {(year: Year, rank: Rank | null, choice: Choice) => Promise<Views>} */
export const viewsOf = (year, rank, choice) =>
  read(`${year.folder}${rank ?? "order"}-${choice}.views`);

/** @type {(year: Year, name: Choice) => Promise<Column<string>>} */
export const choiceOf = (year, name) => columnOf(year, name);

/** @type {(year: Year, name: Rank) => Promise<Column<number | null>>} */
export const rankOf = (year, name) => (name === "money" ? moneyOf(year) : columnOf(year, name));

/** @type {(year: Year, name: Choice | Rank) => Promise<Column<any>>} */
const columnOf = (year, name) =>
  once(`${year.folder}${name}.column`, async (path) => {
    const { line, bytes } = await lineAndBytes(path);
    return { values: line, of: numbersIn(bytes, year.total) };
  });

/** The amounts, which are written once for each project. @type {(year: Year) => Promise<Column<number | null>>} */
const moneyOf = (year) =>
  once(`${year.folder}money.column`, async (path) => {
    const { line, bytes } = await lineAndBytes(path);
    const end = year.projects * bytesFor(line.length);
    const lengths = numbersIn(bytes.subarray(end), year.projects);
    const of = new Uint32Array(year.total);
    let row = 0;
    for (const [project, number] of numbersIn(bytes.subarray(0, end), year.projects).entries()) {
      of.fill(number, row, row + lengths[project]);
      row += lengths[project];
    }
    return { values: line, of };
  });

/** The first rows of an order, and the lines of the first of these. @typedef {{rows: Uint32Array, lines: Block}} TopRows */

/** @type {(year: Year, rank: Rank) => Promise<TopRows>} */
export const topRowsOf = (year, rank) =>
  once(`${year.folder}${rank}.first`, async (path) => {
    const { line, bytes } = await lineAndBytes(path);
    const { rows, lines } = line;
    return { rows: numbersIn(bytes, rows), lines };
  });

/** For each row of a year 1 if it has a value: in an order the others come last. @type {(year: Year, rank: Rank) => Promise<Uint8Array>} */
export const valuedOf = (year, rank) =>
  once(
    `${year.folder}${rank}.valued`,
    async (path) => new Uint8Array(await (await unpacked(path)).arrayBuffer()),
  );

/** A file of a line of JSON and then bytes. @param {string} path */
async function lineAndBytes(path) {
  const bytes = new Uint8Array(await (await unpacked(path)).arrayBuffer());
  const end = bytes.indexOf(LINE_END);
  const line = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  return { line, bytes: bytes.subarray(end + 1) };
}

/** How many bytes a number takes where so large a one is the largest. @param {number} largest */
const bytesFor = (largest) => Math.max(1, Math.ceil((32 - Math.clz32(largest)) / 8));

/** Of so many numbers all lowest bytes come first, then all next ones. @type {(bytes: Uint8Array, total: number) => Uint32Array} */
function numbersIn(bytes, total) {
  const numbers = Uint32Array.from(bytes.subarray(0, total));
  for (let shift = 8, from = total; from < bytes.length; shift += 8, from += total) {
    for (let row = 0; row < total; row += 1) {
      numbers[row] |= bytes[from + row] << shift;
    }
  }
  return numbers;
}

/** The names of projects, as words are compared, and how many rows each has. @type {(year: Year) => Promise<{text: string, lengths: number[]}>} */
export const namesOf = (year) => read(`${year.folder}names.words`);

/** The texts of the rows of a chunk, as words are compared. @type {(year: Year, number: number) => Promise<string>} */
export const textOf = async (year, number) =>
  (await unpacked(`${year.folder}${number}.words`)).text();

/** The block of a row. @type {(year: Year, row: number) => Block | Promise<Block>} */
export function blockOf(year, row) {
  const number = Math.floor(row / year.block);
  const chunk = year.chunks[Math.floor(number / year.chunk)];
  return chunk ? chunk[number % year.chunk] : read(`${year.folder}${number}.block`);
}

/** How many rows there are in a chunk; in the last one fewer. @param {Year} year */
export const chunkRows = (year) => year.block * year.chunk;

/** @type {(year: Year, number: number) => Promise<Block[]>} */
async function loadChunk(year, number) {
  year.chunks[number] ??= await read(`${year.folder}${number}.chunk`);
  return year.chunks[number];
}

/** Reads the lines of all rows; between two chunks the browser can do other things. @param {Year} year */
export async function loadChunks(year) {
  const numbers = [...Array(Math.ceil(year.total / chunkRows(year))).keys()];
  const readers = Array.from({ length: AT_ONCE }, async () => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      await loadChunk(year, number);
    }
  });
  await Promise.all(readers);
}
