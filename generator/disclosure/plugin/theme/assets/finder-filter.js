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

/**
 * The rows that fit, sorted.
 *
 * @param {Year[]} years
 * @param {Record<string, string>} chosen
 * @returns {Hit[]}
 */
export function matching(years, chosen) {
  const hits = years.flatMap((year) => {
    const fits = testOf(year, chosen);
    const found = [];
    for (let row = 0; row < year.total; row += 1) {
      if (fits(row)) {
        found.push({ year, row });
      }
    }
    return found;
  });
  const { rank = null } = SORTS.find(({ name }) => name === chosen.sort) ?? SORTS[0];
  return rank ? sorted(hits, rank) : hits;
}

/** @type {(hits: Hit[], rank: Rank) => Hit[]} */
function sorted(hits, rank) {
  const ranks = Float64Array.from(hits, ({ year, row }) => {
    const value = rank(year, row);
    return Number.isNaN(value) ? -Infinity : value;
  });
  const order = Uint32Array.from(hits.keys());
  order.sort((a, b) => ranks[b] - ranks[a] || a - b);
  return Array.from(order, (at) => hits[at]);
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
