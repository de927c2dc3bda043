// Which targets answer to what was chosen, and in which order; only the columns that it needs are read.

import { pause } from "./elements.js";
import { CHOICES, choiceTest, moneyTest, SORTS, sortOf } from "./finder-choices.js";
import { firstPlaces, numberOf } from "./finder-first.js";
import { PAGE_SIZE, placeOf, preparedChoice, rowsOf, startOf } from "./finder-prepared.js";
import { loadWords, rowsWith, wordsIn } from "./finder-words.js";
import { choiceOf, topRowsOf, loadChunks, rankOf, viewsOf } from "./target-data.js";

/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {import("./finder-choices.js").Chosen} Chosen */
/** @typedef {import("./finder-prepared.js").Place} Place */
/** @typedef {import("./finder-prepared.js").Spot} Spot */

/**
 * What was found: rows, each by its number among the rows of all the years. They are not known
 * while the first lines, where these were had without columns, are all that is shown.
 *
 * @typedef {{years: Year[], chosen: Chosen, count: number, first: Spot[], found: Uint32Array | null}} Answer
 */

/** @template Value @typedef {import("./target-data.js").Column<Value>} Column */

/** So many rows are fetched before anything is asked of them; they are some 2 MB. */
const AHEAD = 120_000;

/** The orders of some years that were asked for. @type {Map<string, Promise<Uint32Array>>} */
const orders = new Map();

/** @param {Year[]} years */
const areFew = (years) => years.reduce((sum, { total }) => sum + total, 0) <= AHEAD;

/**
 * Fetches what a further choice may need, so that it is answered at once; first what the box or
 * choice that is in use shows by itself. Words are as much as all else together: only their box needs them.
 *
 * @type {(years: Year[], chosen: Chosen, inUse: string) => Promise<void>}
 */
export async function loadAhead(years, chosen, inUse) {
  if (inUse === "q" && areFew(years)) {
    await Promise.all(years.map(loadWords));
  }
  const isSort = inUse === "sort";
  const sole = preparedChoice(chosen);
  const orders = isSort ? SORTS : [sortOf(chosen.sort)];
  const choices = isSort ? CHOICES.filter((name) => name === sole) : CHOICES;
  await Promise.all(
    years.flatMap((year) =>
      orders.flatMap(({ rank }) => choices.map((name) => viewsOf(year, rank, name))),
    ),
  );
  await loadColumns(years);
}

/** Fetches what several choices and amounts are found by. @param {Year[]} years */
export async function loadColumns(years) {
  if (!areFew(years)) {
    return;
  }
  const ranks = SORTS.flatMap(({ rank }) => rank ?? []);
  await Promise.all(
    years.flatMap((year) => [
      rankOf(year, "money"),
      ...CHOICES.map((name) => choiceOf(year, name)),
      ...(years.length === 1 ? ranks.map((rank) => topRowsOf(year, rank)) : []),
    ]),
  );
  for (const { name } of years.length === 1 ? [] : SORTS) {
    await orderOf(years, name);
    await pause();
  }
}

/** Fetches the lines of an answer together, where most of their blocks would be fetched. @param {Answer} answer */
export async function loadLines({ years, count, first }) {
  const blocks = years.reduce((sum, { total, block }) => sum + total / block, 0);
  if (count > first.length && count > blocks / 2) {
    await Promise.all(years.map(loadChunks));
  }
}

/** @type {(years: Year[], chosen: Chosen) => Promise<Answer>} */
export async function answerTo(years, chosen) {
  const start = await startOf(years, chosen);
  if (start) {
    return { years, chosen, ...start, found: null };
  }
  const fits = await fittingRows(years, chosen);
  const count = numberOf(fits, fits);
  const { rank } = sortOf(chosen.sort);
  const first =
    years.length === 1 ? await firstPlaces(years[0], rank, fits, Math.min(PAGE_SIZE, count)) : null;
  if (first) {
    return { years, chosen, count, first, found: null };
  }
  return { years, chosen, count, first: [], found: await sortedRows(years, chosen, fits) };
}

/** The lines of an answer from one to before another. @type {(answer: Answer, from: number, to: number) => Promise<Place[]>} */
export async function placesOf(answer, from, to) {
  const { years, chosen, count, first } = answer;
  const end = Math.min(to, count);
  if (end <= first.length) {
    return Promise.all(
      first.slice(from, end).map((one) => ("row" in one ? placeOf(one.year, one.row) : one)),
    );
  }
  answer.found ??= await matching(years, chosen);
  return Promise.all(
    Array.from(answer.found.subarray(from, end), (number) => placeAmong(years, number)),
  );
}

/** @type {(years: Year[], number: number) => Promise<Place>} */
function placeAmong(years, number) {
  let row = number;
  let at = 0;
  while (row >= years[at].total) {
    row -= years[at].total;
    at += 1;
  }
  return placeOf(years[at], row);
}

/** The rows that fit, sorted. @type {(years: Year[], chosen: Chosen) => Promise<Uint32Array>} */
const matching = async (years, chosen) =>
  sortedRows(years, chosen, await fittingRows(years, chosen));

/** @type {(years: Year[], chosen: Chosen, fits: Uint8Array) => Promise<Uint32Array>} */
async function sortedRows(years, { sort }, fits) {
  return (await orderOf(years, sort)).filter((number) => fits[number]);
}

/** For each row of the years 1 if it fits. @type {(years: Year[], chosen: Chosen) => Promise<Uint8Array>} */
const fittingRows = async (years, chosen) =>
  joined(await Promise.all(years.map((year) => fittingIn(year, chosen))));

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
  const affordable = moneyTest(chosen);
  const [held, ...tests] = await Promise.all([
    words.length ? rowsWith(year, words) : new Uint8Array(year.total).fill(1),
    ...CHOICES.map(async (name) => {
      const test = choiceTest(name, chosen[name]);
      return test && tested(await choiceOf(year, name), test);
    }),
    affordable && rankOf(year, "money").then((column) => tested(column, affordable)),
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

/** A test is made once for each value. @type {<Value>(column: Column<Value>, fits: (value: Value) => boolean) => {allowed: Uint8Array, of: Uint32Array}} */
const tested = ({ values, of }, fits) => ({
  allowed: Uint8Array.from(values, (value) => Number(fits(value))),
  of,
});

/** @type {(years: Year[], sort: string) => Promise<Uint32Array>} */
function orderOf(years, sort) {
  const key = `${sort} ${years.map(({ folder }) => folder)}`;
  let order = orders.get(key);
  if (!order) {
    order = ordered(years, sortOf(sort));
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
