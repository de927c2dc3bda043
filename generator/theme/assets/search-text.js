// Text as search sees it. The other half of this contract is `spell` in generator/search.py.

const SPACE = "␠";
const BREAK = "␟";

/** One character as it is compared: lower case, ordinary width. Always one character long. */
function foldCharacter(character) {
  for (const folded of [character.normalize("NFKC").toLowerCase(), character.toLowerCase()]) {
    if ([...folded].length === 1) {
      return folded;
    }
  }
  return character;
}

/** `text` as an array of compared characters, one for each character of the text. */
const foldCharacters = (text) => [...text].map(foldCharacter);

/** `text` as it is compared. */
export const fold = (text) => foldCharacters(text).join("");

/** The words of a query, as typed between spaces, folded. */
export const words = (query) => fold(query).split(/\s+/u).filter(Boolean);

/** The letters and digits of a query in runs: "150.00万元" → ["150", "00万元"]. */
export const runs = (query) => [...new Set(fold(query).match(/[\p{L}\p{N}]+/gu) ?? [])];

/** A run as a phrase for Pagefind, in which every character is a word. */
export const phrase = (run) => `"${[...run].join(" ")}"`;

/** The text of a page from Pagefind's copy of it, which ends with a full stop of its own. */
export const unspell = (content) =>
  content
    .replace(/\.$/u, "")
    .replaceAll(" ", "")
    .replaceAll(SPACE, " ")
    .replaceAll(BREAK, " · ");

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
