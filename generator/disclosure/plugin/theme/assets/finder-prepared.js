// Answers without columns: what the build prepared for one choice, and a department from its own lines.

import { CHOICES, choiceTest, moneyTest, sortOf, wordOf } from "./finder-choices.js";
import { blockOf, viewsOf } from "./target-data.js";

/** @typedef {import("./target-data.js").Block} Block */
/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {import("./finder-choices.js").Chosen} Chosen */
/** @typedef {{year: Year, block: Block, at: number}} Place Where a line is. */
/** @typedef {Place | {year: Year, row: number}} Spot A place, or a row whose block is not read yet. */
/** @typedef {{count: number, first: Place[]}} Start How many lines there are, and the first of them. */

/** A department with more rows than these is answered from columns, which are fewer bytes then. */
const MAX_ROWS = 2_000;

/** How many lines a view that was prepared has, at most; PAGE_SIZE in generator/disclosure/site/target_files.py. */
export const PAGE_SIZE = 20;

/** What is chosen besides years and an order. @param {Chosen} chosen */
const askedIn = (chosen) =>
  Object.keys(chosen).filter((name) => chosen[name] && name !== "year" && name !== "sort");

/** The choice whose answer the build has prepared, if it is the only one. @param {Chosen} chosen */
export function preparedChoice(chosen) {
  const [name = "version", ...others] = askedIn(chosen);
  return others.length ? undefined : CHOICES.find((known) => known === name);
}

/** The answer, where it takes no columns; otherwise null. @type {(years: Year[], chosen: Chosen) => Promise<Start | null>} */
export async function startOf(years, chosen) {
  const asked = askedIn(chosen);
  if (asked.includes("department") && !asked.includes("q") && years.length === 1) {
    return await ofDepartment(years[0], chosen);
  }
  const choice = preparedChoice(chosen);
  return choice ? await prepared(years, choice, chosen) : null;
}

/** @type {(years: Year[], choice: import("./target-data.js").Choice, chosen: Chosen) => Promise<Start | null>} */
async function prepared(years, choice, chosen) {
  const sort = sortOf(chosen.sort);
  const word = wordOf(choice, chosen[choice] ?? "");
  const isFirst = sort.name === "" && choice === "version" && !word;
  const starts = await Promise.all(
    years.map(async (year) => {
      if (isFirst) {
        return { year, block: year.first, count: year.current, places: year.first.project.keys() };
      }
      const { whole, lines, views } = await viewsOf(year, sort.rank, choice);
      const known = Object.hasOwn(views, word); // `constructor` is in every object
      const [count, places] = known ? views[word] : [0, []];
      return whole || known ? { year, block: lines, count, places } : null;
    }),
  );
  const known = starts.filter((start) => start !== null);
  const first = known.flatMap(({ year, block, places }) =>
    Array.from(places, (at) => ({ year, block, at })),
  );
  return known.length < years.length
    ? null
    : {
        count: known.reduce((sum, { count }) => sum + count, 0),
        first: sorted(first, sort).slice(0, PAGE_SIZE),
      };
}

/** @type {(year: Year, chosen: Chosen) => Promise<Start | null>} */
async function ofDepartment(year, chosen) {
  const [from, to] = rowsOf(year, chosen.department);
  if (to - from > MAX_ROWS) {
    return null;
  }
  const places = await Promise.all(
    Array.from({ length: to - from }, (_, number) => placeOf(year, from + number)),
  );
  const tests = CHOICES.map((name) => ({ name, fits: choiceTest(name, chosen[name] ?? "") }));
  const affordable = moneyTest(chosen);
  const found = places.filter(
    (place) =>
      tests.every(({ name, fits }) => !fits || fits(String(place.block[name][place.at]))) &&
      (!affordable || affordable(moneyOf(place))),
  );
  return { count: found.length, first: sorted(found, sortOf(chosen.sort)) };
}

/** The rows of a department, which follow one another. @type {(year: Year, id: string) => [from: number, to: number]} */
export function rowsOf({ departments }, id) {
  const at = departments.findIndex(([known]) => known === id);
  const from = departments.slice(0, Math.max(at, 0)).reduce((sum, [, , rows]) => sum + rows, 0);
  return [from, from + (departments[at]?.[2] ?? 0)];
}

/** The place of a row of a year. @type {(year: Year, row: number) => Promise<Place>} */
export const placeOf = async (year, row) => ({
  year,
  block: await blockOf(year, row),
  at: row % year.block,
});

/** @param {Place} place */
function moneyOf({ block, at }) {
  const text = block.projects[block.project[at]][3];
  return text ? Number(text) : null;
}

/** What has no value comes last. @type {(places: Place[], sort: ReturnType<typeof sortOf>) => Place[]} */
function sorted(places, { rank, largest }) {
  if (!rank) {
    return places;
  }
  const sign = largest ? -1 : 1;
  const keyed = places.map((place) => {
    const value = rank === "money" ? moneyOf(place) : place.block[rank][place.at];
    return { place, key: value === null ? Infinity : sign * Math.abs(value) };
  });
  return keyed
    .sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
    .map(({ place }) => place);
}
