// Text as search sees it. The other half of this contract is generator/disclosure/search/grams.py.

const known = new Map(); // what a character is compared as

/** One character as it is compared: lower case, ordinary width. Always one character long. */
function foldCharacter(character) {
  let result = known.get(character);
  if (result === undefined) {
    const forms = [character.normalize("NFKC").toLowerCase(), character.toLowerCase(), character];
    result = forms.find((form) => [...form].length === 1);
    known.set(character, result);
  }
  return result;
}

/** `text` as an array of compared characters, one for each character of the text. */
const foldCharacters = (text) => Array.from(text, foldCharacter);

/** `text` as it is compared. */
export const fold = (text) => foldCharacters(text).join("");

/** The words of a query, as typed between spaces, folded. */
export const words = (query) => fold(query).split(/\s+/u).filter(Boolean);

/** The letters and digits of a text in runs: "150.00万元" → ["150", "00万元"]. */
export const runs = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

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

/** `text` cut into [{text, marked}], where every occurrence of one of `needles` is marked. */
export function marks(text, needles) {
  const characters = [...text];
  const folded = foldCharacters(text);
  const marked = new Array(characters.length).fill(false);
  for (const needle of needles.map((each) => [...each])) {
    for (let start = 0; start + needle.length <= folded.length; start += 1) {
      if (needle.every((character, offset) => folded[start + offset] === character)) {
        marked.fill(true, start, start + needle.length);
      }
    }
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
  const folded = fold(text);
  const place = Math.max(0, folded.indexOf(longest));
  const found = [...folded.slice(0, place)].length; // in characters, not in UTF-16 units
  const characters = [...text];
  const start = Math.max(0, found - Math.floor(length / 3));
  const end = Math.min(characters.length, start + length);
  const middle = characters.slice(start, end).join("");
  return (start ? "…" : "") + middle + (end < characters.length ? "…" : "");
}
