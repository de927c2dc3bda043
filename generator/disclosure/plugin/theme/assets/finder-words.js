// Finds rows by words in their texts, which the build has folded: a text for each chunk of rows, and
// one with the names of projects.

import { folded } from "./elements.js";
import { chunkRows, namesOf, textOf } from "./target-data.js";

/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {{text: string, ends: Uint32Array}} Texts And where each of them ends. */
/** @typedef {{names: Texts, lengths: number[], chunks: Texts[]}} Words What is searched of a year, and how many rows each project has. */

/** Ends each text; none holds it, as YAML does not allow it. */
const END = "\0";

/** @type {WeakMap<Year, Promise<Words>>} */
const known = new WeakMap();

/** Reads the texts of a year, unless that was done. @param {Year} year */
export function loadWords(year) {
  let words = known.get(year);
  if (!words) {
    words = readWords(year);
    known.set(year, words);
    words.catch(() => known.delete(year));
  }
  return words;
}

/** @param {Year} year @returns {Promise<Words>} */
async function readWords(year) {
  const numbers = [...Array(Math.ceil(year.total / chunkRows(year))).keys()];
  const [{ text, lengths }, chunks] = await Promise.all([
    namesOf(year),
    Promise.all(numbers.map(async (number) => textsOf(await textOf(year, number)))),
  ]);
  return { names: textsOf(text), lengths, chunks };
}

/** @param {string} text @returns {Texts} */
function textsOf(text) {
  const ends = [];
  for (let end = text.indexOf(END); end !== -1; end = text.indexOf(END, end + 1)) {
    ends.push(end);
  }
  return { text, ends: Uint32Array.from(ends) };
}

/** The words of a query, as texts are compared. @param {string} query */
export const wordsIn = (query) => folded(query).split(/\s+/).filter(Boolean);

/** For each row 1 if it holds all of some words. @type {(year: Year, words: string[]) => Promise<Uint8Array>} */
export async function rowsWith(year, words) {
  const texts = await loadWords(year);
  const [all, ...others] = words.map((word) => rowsHolding(year, texts, word));
  for (const held of others) {
    for (let row = 0; row < all.length; row += 1) {
      all[row] &= held[row];
    }
  }
  return all;
}

/** @type {(year: Year, texts: Words, word: string) => Uint8Array} */
function rowsHolding(year, { names, lengths, chunks }, word) {
  const held = new Uint8Array(year.total);
  for (const [number, chunk] of chunks.entries()) {
    mark(chunk, word, held.subarray(number * chunkRows(year)));
  }
  markProjects(names, lengths, word, held);
  return held;
}

/** Marks each text that holds a word. @type {(texts: Texts, word: string, held: Uint8Array) => void} */
function mark({ text, ends }, word, held) {
  let at = 0;
  let place = text.indexOf(word);
  while (place !== -1) {
    while (ends[at] < place) {
      at += 1;
    }
    held[at] = 1;
    place = text.indexOf(word, ends[at]);
  }
}

/** Marks the rows of each project whose name holds a word. @type {(names: Texts, lengths: number[], word: string, held: Uint8Array) => void} */
function markProjects(names, lengths, word, held) {
  const named = new Uint8Array(lengths.length);
  mark(names, word, named);
  let row = 0;
  for (const [project, length] of lengths.entries()) {
    if (named[project]) {
      held.fill(1, row, row + length);
    }
    row += length;
  }
}
