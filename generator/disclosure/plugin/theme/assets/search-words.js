// Finds what was meant by a query that is nowhere on the site; loaded only when nothing was found.

import { loadedWords } from "./search-files.js";
import { words as folded } from "./search-text.js";

/**
 * What generator/disclosure/search/words_file.py writes.
 *
 * @typedef {object} Dictionary
 * @property {string[][]} synonyms Groups of words that mean the same.
 * @property {string} traditional Traditional characters, each followed by the simplified one.
 * @property {string} sounds Each sound, followed by the characters that are usually read like that.
 * @property {string[]} words The words of the site, the most used first.
 * @property {Record<string, string>} readings Words that are read otherwise than their characters.
 */

/** What may have been meant, and why it is thought so. @typedef {{query: string, reason: string}} Meant */

const HAN = /[\u4e00-\u9fff]/u;

/** So many words may be typed in pinyin without a space. */
const IN_A_ROW = 4;

/** Words of two characters are too many to guess one from the other, if they do not sound alike. */
const LONG = 3;

/**
 * What may have been meant by a query, the most likely first.
 *
 * @param {string} query
 * @returns {Promise<Meant[]>}
 */
export async function meant(query) {
  const known = read(await loadedWords());
  const simplified = Array.from(query, (one) => known.simplified.get(one) ?? one).join("");
  const found = [
    ...(simplified === query ? [] : [{ query: simplified, reason: "简体字" }]),
    ...because("意思相近的说法", synonymous(simplified, known.synonyms)),
    ...because("拼音", byPinyin(simplified, known)),
    ...because("只差一个字", withOneWrong(simplified, known)),
  ];
  return [...new Map(found.reverse().map((each) => [each.query, each])).values()]
    .reverse()
    .filter((each) => each.query !== query);
}

/** @type {(reason: string, queries: Iterable<string>) => Meant[]} */
const because = (reason, queries) => Array.from(queries, (query) => ({ query, reason }));

/** @typedef {ReturnType<typeof read>} Known A dictionary, ready to be asked. */

/** @param {Dictionary} dictionary */
function read({ synonyms, traditional, sounds, words, readings }) {
  const pairs = [...traditional];
  /** @type {Map<string, string>} */
  const simplified = new Map();
  for (let at = 0; at < pairs.length; at += 2) {
    simplified.set(pairs[at], pairs[at + 1]);
  }
  /** @type {Map<string, string>} */
  const sound = new Map();
  for (const group of sounds.split(" ")) {
    const [reading] = group.match(/^[a-z]*/u) ?? [""];
    for (const character of group.slice(reading.length)) {
      sound.set(character, reading);
    }
  }
  /** @type {Map<string, string[]>} */
  const read = new Map();
  /** @type {Map<string, string[]>} */
  const initials = new Map();
  const all = words.flatMap((level) => level.split(" ")).filter(Boolean);
  for (const word of all) {
    const syllables = readings[word]?.split(" ") ?? Array.from(word, (one) => sound.get(one) ?? "");
    push(read, syllables.join(""), word);
    push(initials, syllables.map((syllable) => syllable.charAt(0)).join(""), word);
  }
  return { synonyms, simplified, sound, words: all, read, initials };
}

/** @type {(map: Map<string, string[]>, key: string, value: string) => void} */
function push(map, key, value) {
  const values = map.get(key);
  if (values) {
    values.push(value);
  } else {
    map.set(key, [value]);
  }
}

/**
 * The query with other words that mean the same, the longest word of it replaced first.
 *
 * @param {string} query
 * @param {string[][]} groups
 */
function* synonymous(query, groups) {
  const found = groups.flatMap((group) =>
    group.filter((word) => query.includes(word)).map((word) => ({ word, group })),
  );
  for (const { word, group } of found.sort((one, other) => other.word.length - one.word.length)) {
    for (const other of group) {
      if (other !== word) {
        yield query.replace(word, other);
      }
    }
  }
}

/**
 * The query with its Latin letters read as pinyin: whole words, or their initials.
 *
 * @param {string} query
 * @param {Known} known
 */
function* byPinyin(query, known) {
  const typed = folded(query.replaceAll(/['’]/gu, "")).join(HAN.test(query) ? " " : "");
  const [letters] = typed.match(/[a-z]{2,}/u) ?? [];
  if (!letters || /[a-z0-9]/u.test(typed.replace(letters, ""))) {
    return; // a code, or more than one word among others
  }
  for (const words of inARow(letters, known.read)) {
    yield typed.replace(letters, words.join(""));
    if (words.length > 1) {
      yield typed.replace(letters, words.join(" "));
    }
  }
  for (const word of known.initials.get(letters) ?? []) {
    yield typed.replace(letters, word);
  }
}

/**
 * Words that are together read like some letters, few long ones first.
 *
 * @type {(letters: string, read: Map<string, string[]>, most?: number) => string[][]}
 */
function inARow(letters, read, most = IN_A_ROW) {
  const found = (read.get(letters) ?? []).map((word) => [word]);
  if (most === 1) {
    return found;
  }
  for (let end = letters.length - 1; end > 1; end -= 1) {
    const [first] = read.get(letters.slice(0, end)) ?? [];
    const [rest] = first ? inARow(letters.slice(end), read, most - 1) : [];
    if (rest) {
      found.push([first, ...rest]);
    }
  }
  return found.sort((one, other) => one.length - other.length);
}

/**
 * The query with one character changed so that a word of the site stands in it: those first where
 * it sounds alike, then long words, then those that are used the most.
 *
 * @type {(query: string, known: Known) => string[]}
 */
function withOneWrong(query, { words, sound }) {
  /** @type {{query: string, alike: number, length: number}[]} */
  const found = [];
  const letters = [...query];
  for (const word of words) {
    const characters = [...word];
    for (let start = 0; start + characters.length <= letters.length; start += 1) {
      const wrong = onlyDifference(letters, start, characters);
      if (wrong < 0) {
        continue;
      }
      const [typed, right] = [letters[start + wrong], characters[wrong]];
      const alike = likeness(sound.get(typed), sound.get(right));
      if (HAN.test(typed) && (alike || characters.length >= LONG)) {
        const changed = [...letters];
        changed[start + wrong] = right;
        found.push({ query: changed.join(""), alike, length: characters.length });
      }
    }
  }
  found.sort((one, other) => other.alike - one.alike || other.length - one.length);
  return found.map((each) => each.query);
}

/**
 * The place in a word of its only character that is not that of the text; -1 if there is none, or
 * more than one.
 *
 * @type {(letters: string[], start: number, word: string[]) => number}
 */
function onlyDifference(letters, start, word) {
  let place = -1;
  for (let at = 0; at < word.length; at += 1) {
    if (letters[start + at] !== word[at]) {
      if (place >= 0) {
        return -1;
      }
      place = at;
    }
  }
  return place;
}

/** How alike two sounds are: the same, as many people say them, or not. @type {(one?: string, other?: string) => number} */
function likeness(one, other) {
  if (!one || !other) {
    return 0;
  }
  return one === other ? 2 : Number(broad(one) === broad(other));
}

/** A sound without what many do not tell apart. @param {string} sound */
const broad = (sound) =>
  sound
    .replace(/^([zcs])h/u, "$1")
    .replace(/^n(?=[^g])/u, "l")
    .replace(/ng$/u, "n");
