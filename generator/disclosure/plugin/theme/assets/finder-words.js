// Finds rows by words in their texts, which are kept folded, a string for each chunk.

import { folded } from "./elements.js";
import { chunkRows, loadChunks } from "./target-data.js";

/** @typedef {import("./target-data.js").Block} Block */
/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {{text: string, ends: Uint32Array}} Texts Of a chunk, and where each row's text ends. */

/** No text of the data holds it; YAML does not allow it. */
const BETWEEN = "\0";

/** @type {WeakMap<Year, Promise<Texts[]>>} */
const known = new WeakMap();

/** Reads the texts of a year, unless that was done. @param {Year} year */
export function loadWords(year) {
  let texts = known.get(year);
  if (!texts) {
    texts = readTexts(year);
    known.set(year, texts);
    texts.catch(() => known.delete(year));
  }
  return texts;
}

/** @param {Year} year */
async function readTexts(year) {
  /** @type {Texts[]} */
  const texts = [];
  await loadChunks(year, (number, blocks) => {
    texts[number] = textsOf(blocks);
  });
  return texts;
}

/** @param {Block[]} blocks @returns {Texts} */
function textsOf(blocks) {
  const rows = blocks.flatMap(({ projects, project, indicator, old, target, actual }) =>
    project.map((number, at) =>
      [indicator[at], projects[number][0], old[at], target[at], actual[at], ""].join("\n"),
    ),
  );
  const text = folded(rows.join(BETWEEN)) + BETWEEN;
  const ends = new Uint32Array(rows.length);
  let end = -1;
  for (const row of rows.keys()) {
    end = text.indexOf(BETWEEN, end + 1);
    ends[row] = end;
  }
  return { text, ends };
}

/** The words of a query, as texts are compared. @param {string} query */
export const wordsIn = (query) => folded(query).split(/\s+/).filter(Boolean);

/** For each row 1 if it holds all of some words. @type {(year: Year, words: string[]) => Promise<Uint8Array>} */
export async function rowsWith(year, words) {
  const texts = await loadWords(year);
  const held = new Uint8Array(year.total);
  for (const [at, word] of words.entries()) {
    for (const [number, chunk] of texts.entries()) {
      count(chunk, word, at, held.subarray(number * chunkRows(year)));
    }
  }
  return held.map((number) => Number(number === words.length));
}

/**
 * Counts a word in each row that holds it and all words before it.
 *
 * @type {(texts: Texts, word: string, before: number, held: Uint8Array) => void}
 */
function count({ text, ends }, word, before, held) {
  let row = 0;
  let place = text.indexOf(word);
  while (place !== -1) {
    while (ends[row] < place) {
      row += 1;
    }
    if (held[row] === before) {
      held[row] += 1;
    }
    place = text.indexOf(word, ends[row]);
  }
}
