// The first lines of a view from the first rows of its order, so that the whole order is not read.

import { topRowsOf, valuedOf } from "./target-data.js";

/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {import("./target-data.js").Rank} Rank */

/** @typedef {import("./finder-prepared.js").Spot} Spot */

/**
 * Where the first lines that fit are, or null where only the whole order tells.
 *
 * @type {(year: Year, rank: Rank | null, fits: Uint8Array, wanted: number) => Promise<Spot[] | null>}
 */
export async function firstPlaces(year, rank, fits, wanted) {
  if (!rank) {
    return rowsThat(wanted, fits.keys(), (row) => fits[row] === 1).map((row) => ({ year, row }));
  }
  const top = await topRowsOf(year, rank);
  const found = await firstRows(year, rank, top.rows, fits, wanted);
  if (!found) {
    return null;
  }
  const places = new Map(Array.from(top.lines.project, (_, at) => [top.rows[at], at]));
  return found.map((row) => {
    const at = places.get(row);
    return at === undefined ? { year, row } : { year, block: top.lines, at };
  });
}

/** @type {(year: Year, rank: Rank, rows: Uint32Array, fits: Uint8Array, wanted: number) => Promise<number[] | null>} */
async function firstRows(year, rank, rows, fits, wanted) {
  const found = rowsThat(wanted, rows, (row) => fits[row] === 1);
  if (found.length === wanted) {
    return found;
  }
  // Rows without a value stand behind all others, in their own order.
  const valued = await valuedOf(year, rank);
  if (found.filter((row) => valued[row]).length < numberOf(fits, valued)) {
    return null;
  }
  const known = new Set(found);
  const more = rowsThat(wanted - found.length, fits.keys(), (row) =>
    Boolean(fits[row] && !known.has(row)),
  );
  return [...found, ...more];
}

/** How many rows are in one and in the other. @type {(one: Uint8Array, other: Uint8Array) => number} */
export function numberOf(one, other) {
  let number = 0;
  for (let row = 0; row < one.length; row += 1) {
    number += one[row] & other[row];
  }
  return number;
}

/** @type {(most: number, rows: Iterable<number>, fits: (row: number) => boolean) => number[]} */
function rowsThat(most, rows, fits) {
  const found = [];
  for (const row of rows) {
    if (found.length === most) {
      break;
    }
    if (fits(row)) {
      found.push(row);
    }
  }
  return found;
}
