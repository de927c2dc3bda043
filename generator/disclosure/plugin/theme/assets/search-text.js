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
const fold = (text) =>
  foldCharacters(text).join("").replaceAll(/\p{M}/gu, "").replaceAll(THOUSANDS, "");

/** A comma before three digits, such as that of 1,790.00. */
const THOUSANDS = /(?<=[0-9])(?<![0-9]{4}),(?=[0-9]{3}(?![0-9]))/gu;

/** A number as it is written, but for parts of codes; see `numbers` in generator/disclosure/search/grams.py. */
const NUMBER =
  /(?<![0-9a-z.])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![0-9]|\.[0-9]|[a-z]+[0-9])/gu;

/** A number of more digits is a code. */
const MAX_NUMBER = 12;

/**
 * The numbers of a text, each in one way: "48.00万元、1,790次" → ["48", "1790"].
 *
 * @param {string} text
 */
export function numbers(text) {
  const narrow = text.replaceAll(/[\uff01-\uff0b\uff0d-\uff5e]/gu, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) - 0xfee0),
  );
  const found = narrow.toLowerCase().match(NUMBER) ?? [];
  return [...new Set(found.map(plainNumber))].filter((one) => one.length <= MAX_NUMBER);
}

/** @param {string} number */
function plainNumber(number) {
  const [whole, decimals = ""] = number.replaceAll(",", "").split(".");
  const rest = decimals.replace(/0+$/u, "");
  return rest ? `${whole}.${rest}` : whole;
}

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
const FIGURES = /^[0-9]+$/u;
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
      const inside = (figures ? INSIDE_NUMBERS : INSIDE_WORDS).test(marks);
      if (!inside && !(marks === "," && isThousands(folded, place))) {
        found.push({ character: "\n", place: place - 1 });
      }
    }
    marks = "";
    found.push({ character, place });
  });
  return found;
}

/** Whether the comma before a place stands in a number such as 1,790. @type {(folded: string[], place: number) => boolean} */
const isThousands = (folded, place) =>
  /^(?:.*[^0-9])?[0-9]{1,3},[0-9]{3}(?![0-9])/su.test(
    folded.slice(Math.max(0, place - 5), place + 4).join(""),
  );

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
 * What stands before the grams of names and codes, of a whole department, of a whole run, and of a number
 * of the text or of a name.
 *
 * @typedef {"inside" | "name_start" | "name_end" | "code_start" | "code_end" | "department" | "whole" | "number" | "name_number"} Mark
 */

/**
 * The constants by which the index was written; generator/disclosure/search/contract.py sends them with it.
 *
 * @typedef {{block: number, guide: string, grams: GramRules, marks: Record<Mark, string>}} Contract
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

/** A project's code, and as many letters of one as are not looked for by chance. */
const CODES = /(?<![0-9A-Z])[0-9]{6}[0-9A-Z]{15}(?![0-9A-Z])/gu;
const OF_CODE = 6;

/** What a row with a target begins with, and what stands between its cells; see generator/disclosure/search/html_text.py. */
const TAB = "\t";

/**
 * What a result shows of a text: the target that answers the query, or the first one where all of the
 * title answers; or what is around its words.
 *
 * @param {string} text
 * @param {string} title What a result shows anyway.
 * @param {string[]} needles
 * @param {string[]} wanted The numbers that are searched for, see `numbers`.
 */
export function excerpt(text, title, needles, wanted, length = 90) {
  const rows = text.split("\n").filter((row, index) => index || row !== title);
  const answers = rows.filter((row) => holds(row, needles, wanted));
  const targets = answers.filter((row) => row.startsWith(TAB));
  const [target] = targets.sort((one, other) => one.length - other.length);
  const named = needles.every((needle) => nameRun(title).includes(needle));
  const shown = target ?? (named && rows.find((row) => row.startsWith(TAB)));
  if (shown) {
    return around(shown.trim(), needles, length);
  }
  const start = answers.length ? rows.indexOf(answers[0]) : 0;
  const asked = needles.filter((needle) => needle.length >= OF_CODE);
  const rest = rows
    .slice(start)
    .join("\n")
    .replaceAll(CODES, (code) => (asked.some((needle) => fold(code).includes(needle)) ? code : ""));
  return around(rest.replaceAll(/\n+/gu, "\n"), needles, length, start > 0);
}

/**
 * Whether a line holds all needles, and all numbers, however these are written there.
 *
 * @type {(line: string, needles: string[], wanted: string[]) => boolean}
 */
function holds(line, needles, wanted) {
  const [letters, found] = [lines(line), wanted.length ? numbers(line) : []];
  return (
    needles.every(
      (needle) => letters.includes(needle) || (wanted.length && FIGURES.test(needle)),
    ) && wanted.every((number) => found.includes(number))
  );
}

/**
 * The part of `text` around the first occurrence of the longest of `needles`.
 *
 * @param {string} text
 * @param {string[]} needles
 * @param {number} length
 * @param {boolean} [more] Whether something stands before it.
 */
function around(text, needles, length, more = false) {
  const longest = [...needles].sort((one, other) => other.length - one.length)[0];
  const places = Array.from(ranges(text, [longest]), ([first]) => first);
  const found = places.length ? Math.min(...places) : 0;
  const characters = [...text];
  const start = Math.max(0, found - Math.floor(length / 3));
  const end = Math.min(characters.length, start + length);
  const middle = characters.slice(start, end).join("");
  return (start || more ? "…" : "") + middle + (end < characters.length ? "…" : "");
}
