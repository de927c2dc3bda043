// Text as search sees it. The other half of this contract is generator/disclosure/search/grams.py.

/** What a character is compared as. @type {Map<string, string>} */
const known = new Map();

/**
 * One character as it is compared: small, of ordinary width, Latin without accents; always one.
 *
 * @param {string} character
 * @returns {string}
 */
function foldCharacter(character) {
  let result = known.get(character);
  if (result === undefined) {
    const apart = character.normalize("NFKD").toLowerCase();
    const forms = [character.normalize("NFKC").toLowerCase(), character.toLowerCase(), character];
    const fitting = forms.find((form) => [...form].length === 1) ?? character;
    result = /^[a-z]\p{M}+$/u.test(apart) ? apart[0] : fitting;
    known.set(character, result);
  }
  return result;
}

/**
 * `text` as an array of compared characters, one for each character of the text.
 *
 * @type {(text: string) => string[]}
 */
const foldCharacters = (text) => Array.from(text, foldCharacter);

/** `text` as it is compared, without accents that stand by themselves. @type {(text: string) => string} */
const fold = (text) => foldCharacters(text).join("").replaceAll(/\p{M}/gu, "");

/** The words of a query, as typed between spaces, folded. @type {(query: string) => string[]} */
export const words = (query) => fold(query).split(/\s+/u).filter(Boolean);

/**
 * The letters and digits of a text in runs: "150.00万元" → ["150", "00万元"].
 *
 * @type {(text: string) => string[]}
 */
export const runs = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const LETTER = /[\p{L}\p{N}]/u;
const FIGURE = /[0-9]/u;
const INSIDE_NUMBERS = /^[\p{M}·•‧∙⋅・]*$/u; // 3·15 is 315, but 150.00 is not 15000
const INSIDE_WORDS =
  /^[\p{M}·•‧∙⋅・ 、/.&+_"'“”‘’「」『』()[\]{}<>《》〈〉【】〔〕〖〗\-‐‑‒–—―]*$/u;

/** A letter or digit, and where it stands. @typedef {{character: string, place: number}} Placed */

/**
 * The letters and digits of folded characters, each with its place, without the marks inside words
 * but with a line break where a run ends.
 *
 * @param {string[]} folded
 */
function overMarks(folded) {
  /** @type {Placed[]} */
  const found = [];
  let marks = ""; // since the last letter
  folded.forEach((character, place) => {
    if (!LETTER.test(character)) {
      marks += character;
      return;
    }
    if (marks) {
      const figures = FIGURE.test(character) && FIGURE.test(found.at(-1)?.character ?? "");
      if (!(figures ? INSIDE_NUMBERS : INSIDE_WORDS).test(marks)) {
        found.push({ character: "\n", place: place - 1 });
      }
    }
    marks = "";
    found.push({ character, place });
  });
  return found;
}

/** The runs of a text over its marks, one a line: “三公”经费 is found by 三公经费. @type {(text: string) => string} */
export const lines = (text) => joined(overMarks(foldCharacters(text)));

/** A name in one run, whatever stands between its letters. @type {(name: string) => string} */
export const nameRun = (name) => runs(name).join("");

/** @type {(found: Placed[]) => string} */
const joined = (found) => found.map(({ character }) => character).join("");

/**
 * How grams are made: their letters at most, without and with a digit; the letters at most of a run
 * that is looked up as a whole; what counts as a digit, as a regular expression.
 *
 * @typedef {{length: number, with_digit: number, whole: number, digit: string}} GramRules
 */

/**
 * What stands before the grams of names and codes, of a whole department, and of a whole run.
 *
 * @typedef {"inside" | "name_start" | "name_end" | "code_start" | "code_end" | "department" | "whole"} Mark
 */

/**
 * The constants by which the index was written; generator/disclosure/search/contract.py sends them with it.
 *
 * @typedef {{block: number, grams: GramRules, marks: Record<Mark, string>}} Contract
 */

/** Whether a text has a letter or digit of ASCII. @type {(text: string, rules: GramRules) => boolean} */
const hasDigit = (text, { digit }) => new RegExp(digit, "u").test(text);

/** All `length` letters in a row of a run. @type {(run: string, length: number) => string[]} */
function windows(run, length) {
  const letters = [...run];
  return letters.slice(length - 1).map((_, start) => letters.slice(start, start + length).join(""));
}

/**
 * The grams of a run that its page must have: the run itself, or all its letters of a gram in a row.
 *
 * @type {(run: string, rules: GramRules) => string[]}
 */
export const grams = (run, { length }) =>
  [...run].length <= length ? [run] : windows(run, length);

/** The longer grams of a run, each with a digit. @type {(run: string, rules: GramRules) => string[]} */
export const longGrams = (run, rules) =>
  windows(run, rules.with_digit).filter((gram) => hasDigit(gram, rules));

/**
 * Whether a run may be looked up as a whole: if its grams do not say for sure that it is there.
 *
 * @type {(run: string, rules: GramRules) => boolean}
 */
export const hasWhole = (run, rules) =>
  [...run].length > rules.length && [...run].length <= rules.whole && !hasDigit(run, rules);

/**
 * A number made from a gram without its mark (FNV-1a), to tell in which file it stands.
 *
 * @param {string} gram
 */
export function number(gram) {
  let result = 0x811c9dc5;
  for (const letter of gram) {
    result = Math.imul(result ^ Number(letter.codePointAt(0)), 0x01000193);
  }
  return (result ^ (result >>> 15)) >>> 0;
}

/**
 * Where `needle` stands in an array of characters, as indices of its first ones.
 *
 * @param {string[]} characters
 * @param {string[]} needle
 */
function* occurrences(characters, needle) {
  for (let start = 0; start + needle.length <= characters.length; start += 1) {
    if (needle.every((character, offset) => characters[start + offset] === character)) {
      yield start;
    }
  }
}

/**
 * [first, last] place of each occurrence of one of `needles`: as it is, or over marks.
 *
 * @param {string} text
 * @param {string[]} needles
 * @returns {Generator<[first: number, last: number]>}
 */
function* ranges(text, needles) {
  const folded = foldCharacters(text);
  const over = overMarks(folded);
  const letters = over.map(({ character }) => character);
  for (const needle of needles.map((each) => [...each])) {
    for (const start of occurrences(folded, needle)) {
      yield [start, start + needle.length - 1];
    }
    for (const start of occurrences(letters, needle)) {
      yield [over[start].place, over[start + needle.length - 1].place];
    }
  }
}

/**
 * `text` cut into pieces, where every occurrence of one of `needles` is marked.
 *
 * @param {string} text
 * @param {string[]} needles
 */
export function marks(text, needles) {
  const characters = [...text];
  const marked = new Array(characters.length).fill(false);
  for (const [first, last] of ranges(text, needles)) {
    marked.fill(true, first, last + 1);
  }
  /** @type {{text: string, marked: boolean}[]} */
  const pieces = [];
  characters.forEach((character, index) => {
    if (index && marked[index] === marked[index - 1]) {
      pieces[pieces.length - 1].text += character;
    } else {
      pieces.push({ text: character, marked: marked[index] });
    }
  });
  return pieces;
}

/**
 * The part of `text` around the first occurrence of the longest of `needles`.
 *
 * @param {string} text
 * @param {string[]} needles
 */
export function excerpt(text, needles, length = 90) {
  const longest = [...needles].sort((one, other) => other.length - one.length)[0];
  const places = Array.from(ranges(text, [longest]), ([first]) => first);
  const found = places.length ? Math.min(...places) : 0;
  const characters = [...text];
  const start = Math.max(0, found - Math.floor(length / 3));
  const end = Math.min(characters.length, start + length);
  const middle = characters.slice(start, end).join("");
  return (start ? "…" : "") + middle + (end < characters.length ? "…" : "");
}
