// Which targets answer to what was chosen, and in which order; only the columns that it needs are read.

import { pause } from "./elements.js";
import { loadWords, rowsWith, wordsIn } from "./finder-words.js";
import { blockOf, choiceOf, rankOf } from "./target-data.js";

/** @typedef {import("./target-data.js").Block} Block */
/** @typedef {import("./target-data.js").Choice} Choice */
/** @typedef {import("./target-data.js").Rank} Rank */
/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {Record<string, string>} Chosen */
/** @typedef {{year: Year, block: Block, at: number}} Place Where a line is. */

/**
 * What was found: rows, each by its number among the rows of all the years. They are not known
 * while the first view of a year, which comes with its facts, holds all that is shown.
 *
 * @typedef {{years: Year[], chosen: Chosen, count: number, found: Uint32Array | null}} Answer
 */

/** @template Value @typedef {import("./target-data.js").Column<Value>} Column */

/** How hits can be sorted, the first without being asked. @type {{name: string, label: string, rank: Rank | null, largest: boolean}[]} */
export const SORTS = [
  { name: "", label: "变化幅度大的在前", rank: "size", largest: true },
  { name: "achieved", label: "完成百分比低的在前", rank: "achieved", largest: false },
  { name: "money", label: "预算数多的在前", rank: "money", largest: true },
  { name: "order", label: "按部门和项目", rank: null, largest: false },
];

/** @type {Choice[]} */
const CHOICES = ["change", "outcome", "kind", "version", "moved"];

/** So many rows are fetched before anything is asked of them; they are some 2 MB. */
const AHEAD = 120_000;

/** The orders of some years that were asked for. @type {Map<string, Promise<Uint32Array>>} */
const orders = new Map();

/**
 * Fetches what any further choice may need, so that it is answered at once.
 *
 * @param {Year[]} years
 */
export async function loadAhead(years) {
  if (years.reduce((sum, { total }) => sum + total, 0) <= AHEAD) {
    await Promise.all(years.flatMap((year) => CHOICES.map((name) => choiceOf(year, name))));
    for (const { name } of SORTS) {
      await orderOf(years, name);
      await pause();
    }
    await Promise.all(years.map(loadWords));
  }
}

/** Fetches the lines of an answer together, where most of their blocks would be fetched. @param {Answer} answer */
export async function loadLines({ years, count }) {
  const blocks = years.reduce((sum, { total, block }) => sum + total / block, 0);
  if (count > blocks / 2) {
    await Promise.all(years.map(loadWords));
  }
}

/** @type {(years: Year[], chosen: Chosen) => Promise<Answer>} */
export async function answerTo(years, chosen) {
  if (
    years.length === 1 &&
    Object.entries(chosen).every(([name, value]) => name === "year" || !value)
  ) {
    return { years, chosen, count: years[0].current, found: null };
  }
  const found = await matching(years, chosen);
  return { years, chosen, count: found.length, found };
}

/** The lines of an answer from one to before another. @type {(answer: Answer, from: number, to: number) => Promise<Place[]>} */
export async function placesOf(answer, from, to) {
  const { years, chosen, count } = answer;
  const [year] = years;
  const end = Math.min(to, count);
  if (!answer.found && end <= year.first.project.length) {
    return Array.from({ length: end - from }, (_, at) => ({
      year,
      block: year.first,
      at: from + at,
    }));
  }
  answer.found ??= await matching(years, chosen);
  return Promise.all(
    Array.from(answer.found.subarray(from, end), (number) => placeOf(years, number)),
  );
}

/** @type {(years: Year[], number: number) => Promise<Place>} */
async function placeOf(years, number) {
  let row = number;
  let at = 0;
  while (row >= years[at].total) {
    row -= years[at].total;
    at += 1;
  }
  const year = years[at];
  return { year, block: await blockOf(year, row), at: row % year.block };
}

/** The rows that fit, sorted. @type {(years: Year[], chosen: Chosen) => Promise<Uint32Array>} */
async function matching(years, chosen) {
  const [order, ...fitting] = await Promise.all([
    orderOf(years, chosen.sort),
    ...years.map((year) => fittingIn(year, chosen)),
  ]);
  const fits = joined(fitting);
  return order.filter((number) => fits[number]);
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** For each row of a year 1 if it fits. @type {(year: Year, chosen: Chosen) => Promise<Uint8Array>} */
async function fittingIn(year, chosen) {
  const words = wordsIn(chosen.q);
  const [held, ...tests] = await Promise.all([
    words.length ? rowsWith(year, words) : new Uint8Array(year.total).fill(1),
    ...CHOICES.map(async (name) => {
      const test = choiceTest(name, chosen[name]);
      return test && tested(await choiceOf(year, name), test);
    }),
    moneyTest(year, chosen),
  ]);
  if (chosen.department) {
    const [from, to] = rowsOf(year, chosen.department);
    held.fill(0, 0, from).fill(0, to);
  }
  for (const { allowed, of } of tests.filter((test) => test !== null)) {
    for (let row = 0; row < held.length; row += 1) {
      held[row] &= allowed[of[row]];
    }
  }
  return held;
}

/** The rows of a department, which follow one another. @type {(year: Year, id: string) => [from: number, to: number]} */
function rowsOf({ departments }, id) {
  const at = departments.findIndex(([known]) => known === id);
  const from = departments.slice(0, Math.max(at, 0)).reduce((sum, [, , rows]) => sum + rows, 0);
  return [from, from + (departments[at]?.[2] ?? 0)];
}

/** Which values fit; null where all do. @type {(name: Choice, wanted: string) => ((value: string) => boolean) | null} */
function choiceTest(name, wanted) {
  if (name === "version") {
    return wanted === "all" ? null : (value) => (value === "") === (wanted !== "earlier");
  }
  if (!wanted) {
    return null;
  }
  const word = name === "outcome" && wanted === "none" ? "" : wanted;
  return (value) => value === word;
}

/** @type {(year: Year, chosen: Chosen) => Promise<{allowed: Uint8Array, of: number[]} | null>} */
async function moneyTest(year, { least, most }) {
  if (!least && !most) {
    return null;
  }
  const [from, to] = [least ? Number(least) : -Infinity, most ? Number(most) : Infinity];
  return tested(
    await rankOf(year, "money"),
    (money) => money !== null && money >= from && money <= to,
  );
}

/** A test is made once for each value. @type {<Value>(column: Column<Value>, fits: (value: Value) => boolean) => {allowed: Uint8Array, of: number[]}} */
const tested = ({ values, of }, fits) => ({
  allowed: Uint8Array.from(values, (value) => Number(fits(value))),
  of,
});

/** @type {(years: Year[], sort: string) => Promise<Uint32Array>} */
function orderOf(years, sort) {
  const key = `${sort} ${years.map(({ folder }) => folder)}`;
  let order = orders.get(key);
  if (!order) {
    order = ordered(years, SORTS.find(({ name }) => name === sort) ?? SORTS[0]);
    orders.set(key, order);
    order.catch(() => orders.delete(key));
  }
  return order;
}

/** @type {(years: Year[], sort: (typeof SORTS)[number]) => Promise<Uint32Array>} */
async function ordered(years, { rank, largest }) {
  if (!rank) {
    const total = years.reduce((sum, year) => sum + year.total, 0);
    return new Uint32Array(total).map((_, at) => at);
  }
  return counted(await Promise.all(years.map((year) => rankOf(year, rank))), largest);
}

/** Sorts without comparing rows: values are few, or have their order. @type {(columns: Column<number | null>[], largest: boolean) => Uint32Array} */
function counted(columns, largest) {
  const ranks = ranksOf(columns, largest);
  const starts = new Uint32Array(Math.max(...ranks.map((of) => of.at(-1) ?? 0)) + 2);
  for (const [at, { of }] of columns.entries()) {
    for (const number of of) {
      starts[ranks[at][number] + 1] += 1;
    }
  }
  for (let at = 1; at < starts.length; at += 1) {
    starts[at] += starts[at - 1];
  }
  const order = new Uint32Array(starts[starts.length - 1]);
  let row = 0;
  for (const [at, { of }] of columns.entries()) {
    for (const number of of) {
      const rank = ranks[at][number];
      order[starts[rank]] = row;
      starts[rank] += 1;
      row += 1;
    }
  }
  return order;
}

/**
 * Which place each value of each column has among the values of all; what has none is the last.
 *
 * @type {(columns: Column<number | null>[], largest: boolean) => Uint32Array[]}
 */
function ranksOf(columns, largest) {
  const known = new Set(columns.flatMap(({ values }) => values.filter((value) => value !== null)));
  const sorted = Float64Array.from(known).sort();
  const places = new Map(
    [...(largest ? sorted.reverse() : sorted)].map((value, at) => [value, at]),
  );
  return columns.map(({ values }) =>
    Uint32Array.from(values, (value) => (value === null ? places.size : (places.get(value) ?? 0))),
  );
}
