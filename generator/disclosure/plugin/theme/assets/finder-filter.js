// Which targets answer to what was chosen, and in which order; the texts are not needed for it.

import { folded } from "./elements.js";

/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {{year: Year, row: number}} Hit */
/** @typedef {(year: Year, row: number) => number} Rank The larger comes first; NaN comes last. */

/** How hits can be sorted, the first without being asked. @type {{name: string, label: string, rank: Rank | null}[]} */
export const SORTS = [
  { name: "", label: "变化幅度大的在前", rank: (year, row) => absolute(year.size[row]) },
  {
    name: "achieved",
    label: "完成百分比低的在前",
    rank: (year, row) => -(year.achieved[row] ?? NaN),
  },
  { name: "money", label: "预算数多的在前", rank: (year, row) => year.money[year.project[row]] },
  { name: "order", label: "按部门和项目", rank: null },
];

/** @param {number | null} size */
const absolute = (size) => (size === null ? NaN : Math.abs(size));

/** The orders of some years that were asked for: sorting takes longer than filtering. @type {Map<string, Uint32Array>} */
const orders = new Map();

/**
 * The rows that fit, sorted; each by its number among the rows of all the years, see `hitOf`.
 *
 * @param {Year[]} years
 * @param {Record<string, string>} chosen
 */
export function matching(years, chosen) {
  const starts = startsOf(years);
  const tests = years.map((year) => testOf(year, chosen));
  const order = orderOf(years, chosen.sort);
  const found = new Uint32Array(order.length);
  let count = 0;
  for (const number of order) {
    const at = yearAt(starts, number);
    if (tests[at](number - starts[at])) {
      found[count] = number;
      count += 1;
    }
  }
  return found.subarray(0, count);
}

/** The year and the row of a number. @type {(years: Year[], number: number) => Hit} */
export function hitOf(years, number) {
  const starts = startsOf(years);
  const at = yearAt(starts, number);
  return { year: years[at], row: number - starts[at] };
}

/** @param {Year[]} years */
function startsOf(years) {
  let sum = 0;
  return years.map(({ total }) => {
    sum += total;
    return sum - total;
  });
}

/** @type {(starts: number[], number: number) => number} */
function yearAt(starts, number) {
  let at = 0;
  while (at + 1 < starts.length && number >= starts[at + 1]) {
    at += 1;
  }
  return at;
}

/** @type {(years: Year[], sort: string) => Uint32Array} */
function orderOf(years, sort) {
  const key = `${sort} ${years.map(({ year, stamp }) => `${year}-${stamp}`)}`;
  const known = orders.get(key);
  if (known) {
    return known;
  }
  const { rank } = SORTS.find(({ name }) => name === sort) ?? SORTS[0];
  const made = ordered(years, rank);
  orders.set(key, made);
  return made;
}

/** Only what has a rank is sorted, the rest follows as it stands. @type {(years: Year[], rank: Rank | null) => Uint32Array} */
function ordered(years, rank) {
  const ranks = years.flatMap((year) =>
    Array.from({ length: year.total }, (_, row) => (rank ? rank(year, row) : NaN)),
  );
  const numbers = [...ranks.keys()];
  const ranked = numbers.filter((number) => !Number.isNaN(ranks[number]));
  ranked.sort((a, b) => ranks[b] - ranks[a]);
  return Uint32Array.from([...ranked, ...numbers.filter((number) => Number.isNaN(ranks[number]))]);
}

/** @type {(year: Year, chosen: Record<string, string>) => (row: number) => boolean} */
function testOf(year, chosen) {
  const words = folded(chosen.q ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const department = year.departments.findIndex(([id]) => id === chosen.department);
  const least = chosen.least ? Number(chosen.least) : -Infinity;
  const most = chosen.most ? Number(chosen.most) : Infinity;
  /** @type {((row: number) => boolean)[]} */
  const tests = [
    ...one(year.change, chosen.change),
    ...one(year.outcome, chosen.outcome === "none" ? "" : chosen.outcome, chosen.outcome !== ""),
    ...one(year.kind, chosen.kind),
  ];
  if (!chosen.version) {
    tests.push((row) => year.version.of[row] === 0);
  } else if (chosen.version === "earlier") {
    tests.push((row) => year.version.of[row] !== 0);
  }
  if (chosen.moved) {
    tests.push((row) => String(year.moved[row]) === chosen.moved);
  }
  if (chosen.department) {
    tests.push((row) => year.department[year.project[row]] === department);
  }
  if (chosen.least || chosen.most) {
    tests.push((row) => {
      const money = year.money[year.project[row]];
      return money >= least && money <= most;
    });
  }
  if (words.length) {
    tests.push((row) => words.every((word) => year.folded[row].includes(word)));
  }
  return (row) => tests.every((test) => test(row));
}

/**
 * The test of a column of words; none where nothing was chosen.
 *
 * @param {import("./target-data.js").Words} column
 * @param {string} word
 */
function one(column, word, active = Boolean(word)) {
  const wanted = column.words.indexOf(word);
  return active ? [(/** @type {number} */ row) => column.of[row] === wanted] : [];
}
