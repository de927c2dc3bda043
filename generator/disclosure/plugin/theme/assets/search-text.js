// Text as search sees it. The other half of this contract is generator/disclosure/search/grams.py.

const known = new Map(); // what a character is compared as

/** One character as it is compared: small, of ordinary width, Latin without accents; always one. */
function foldCharacter(character) {
  let result = known.get(character);
  if (result === undefined) {
    const apart = character.normalize("NFKD").toLowerCase();
    const forms = [character.normalize("NFKC").toLowerCase(), character.toLowerCase(), character];
    result = /^[a-z]\p{M}+$/u.test(apart) ? apart[0] : forms.find((form) => [...form].length === 1);
    known.set(character, result);
  }
  return result;
}

/** `text` as an array of compared characters, one for each character of the text. */
const foldCharacters = (text) => Array.from(text, foldCharacter);

/** `text` as it is compared, without accents that stand by themselves. */
const fold = (text) => foldCharacters(text).join("").replaceAll(/\p{M}/gu, "");

/** The words of a query, as typed between spaces, folded. */
export const words = (query) => fold(query).split(/\s+/u).filter(Boolean);

/** The letters and digits of a text in runs: "150.00万元" → ["150", "00万元"]. */
export const runs = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const LETTER = /[\p{L}\p{N}]/u;
const FIGURE = /[0-9]/u;
const INSIDE_NUMBERS = /^[\p{M}·•‧∙⋅・]*$/u; // 3·15 is 315, but 150.00 is not 15000
const INSIDE_WORDS = /^[\p{M}·•‧∙⋅・ 、/.&+_"'“”‘’「」『』()[\]{}<>《》〈〉【】〔〕〖〗\-‐‑‒–—―]*$/u;

/**
 * The letters and digits of folded characters, each with its place, without the marks inside words
 * but with a line break where a run ends.
 */
function overMarks(folded) {
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

/** The runs of a text over its marks, one a line: “三公”经费 is found by who types 三公经费. */
export const lines = (text) => joined(overMarks(foldCharacters(text)));

/** A name in one run, whatever stands between its letters. */
export const nameRun = (name) => runs(name).join("");

const joined = (found) => found.map(({ character }) => character).join("");

/** Marks of the grams of names and codes, of a whole department, and of a whole run. */
export const INSIDE = "~";
export const NAME_START = "<";
export const NAME_END = ">";
export const CODE_START = "[";
export const CODE_END = "]";
export const DEPARTMENT = "#";
export const WHOLE = "=";

const LONGEST = 3;
const LONGEST_WITH_DIGIT = 6;
const LONGEST_WHOLE = 20;

/** All `length` letters in a row of a run. */
function windows(run, length) {
  const letters = [...run];
  return letters.slice(length - 1).map((_, start) => letters.slice(start, start + length).join(""));
}

/** The grams of a run that its page must have: the run itself, or all its three letters in a row. */
export const grams = (run) => ([...run].length <= LONGEST ? [run] : windows(run, LONGEST));

/** The longer grams of a run, with a digit or a letter of ASCII in each of them. */
export const longGrams = (run) =>
  windows(run, LONGEST_WITH_DIGIT).filter((gram) => /[0-9a-z]/u.test(gram));

/** Whether a run may be looked up as a whole: if its grams do not say for sure that it is there. */
export const hasWhole = (run) =>
  [...run].length > LONGEST && [...run].length <= LONGEST_WHOLE && !/[0-9a-z]/u.test(run);

/** A number made from a gram without its mark (FNV-1a), to tell in which file it stands. */
export function number(gram) {
  let result = 0x811c9dc5;
  for (const letter of gram) {
    result = Math.imul(result ^ letter.codePointAt(0), 0x01000193);
  }
  return (result ^ (result >>> 15)) >>> 0;
}

/** Where `needle` stands in an array of characters, as indices of its first ones. */
function* occurrences(characters, needle) {
  for (let start = 0; start + needle.length <= characters.length; start += 1) {
    if (needle.every((character, offset) => characters[start + offset] === character)) {
      yield start;
    }
  }
}

/** [first, last] place of each occurrence of one of `needles`: as it is, or over marks. */
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

/** `text` cut into [{text, marked}], where every occurrence of one of `needles` is marked. */
export function marks(text, needles) {
  const characters = [...text];
  const marked = new Array(characters.length).fill(false);
  for (const [first, last] of ranges(text, needles)) {
    marked.fill(true, first, last + 1);
  }
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

/** The part of `text` around the first occurrence of the longest of `needles`. */
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
