// Finds what was meant by a query that is nowhere on the site; loaded only when nothing was found.

import { loadedWords } from "./search-files.js";

/**
 * What generator/disclosure/search/words_file.py writes.
 *
 * @typedef {object} Dictionary
 * @property {string[][]} synonyms Groups of words that mean the same.
 * @property {string} traditional Traditional characters, each followed by the simplified one.
 * @property {string} usual Sounds, each followed by how many of the usual characters in a row have it.
 * @property {string} rare Sounds, each followed by the other characters that have it.
 * @property {string[]} words The words of the site, the most used first.
 * @property {Record<string, string>} readings Words that are read otherwise than their characters.
 */

/**
 * What may have been meant, and why it is thought so; `there` if all of its words are known to be
 * on the site.
 *
 * @typedef {{query: string, reason: string, there: boolean}} Meant
 */

const HAN = /[\u4e00-\u9fff]/u;

/** Words in pinyin, with spaces and apostrophes between their syllables. */
const PINYIN = /[a-z]+(?:[ '’]+[a-z]+)*/gu;

/** So many words may be typed in pinyin without a space. */
const IN_A_ROW = 4;

/** Words of two characters are too many to guess one from the other, if they do not sound alike. */
const LONG = 3;

/** A word of the list or of the site has so many characters at most, but for few. */
const MAX_LENGTH = 12;

/** So many candidates are given for one reason. */
const MAX_CANDIDATES = 6;

/** What stands in a query: a year or another number, Chinese, Latin letters. */
const PIECES = /[0-9][0-9,.]*(?:年度?|%)?|[\u4e00-\u9fff]+|[a-z]+/gu;

/** What people ask about the words that they look for, as in 修路花了多少钱. */
const QUESTION =
  /(?:一共|总共)?(?:花|用|要|有)?了?(?:多少|几个|哪些|什么)钱?|为什么|怎么样?|如何|请问|我想|查询/gu;

/** What stands between words and tells nothing by itself. */
const PARTICLES = /[的了吗呢是和与有在]/gu;

/** A number with the power of ten that is said with it, before what is counted. */
const AMOUNT = /([0-9][0-9,]*(?:\.[0-9]+)?)([亿万]?)(?=[\u4e00-\u9fff]|$)/u;
const POWERS = new Map([
  ["", 1],
  ["万", 1e4],
  ["亿", 1e8],
]);

/**
 * What may have been meant by a query, the most likely first.
 *
 * @param {string} query
 * @returns {Promise<Meant[]>}
 */
export async function meant(query) {
  const known = read(await loadedWords());
  const typed = query.normalize("NFKC").toLowerCase();
  const simplified = Array.from(typed, (one) => known.simplified.get(one) ?? one).join("");
  const words = apart(simplified, known);
  /** @param {string} each */
  const ways = (each) => [each, ...wholly(apart(each, known))];
  const others = synonymous(simplified, known);
  const there = others.filter((each) => onSite(each, known).there);
  const all = [
    ...because("简体字", simplified === typed ? [] : [simplified], known),
    ...because("分开的词", words.replaced ? [] : wholly(words), known),
    ...because("意思相近的说法", [...there.flatMap(ways), ...others], known),
    ...because("拼音", byPinyin(simplified, known).flatMap(ways), known),
    ...because("换算过的数字", converted(simplified), known),
    ...because("只差一个字", withOneWrong(simplified, known).flatMap(ways), known),
    ...because("意思相近的说法", wholly(words), known),
    ...because("其中的词", words.left <= words.kept ? [words.pieces.join(" ")] : [], known),
  ];
  const seen = new Set([query]);
  return [...all.filter(({ there }) => there), ...all.filter(({ there }) => !there)].filter(
    (each) => each.query && !seen.has(each.query) && seen.add(each.query),
  );
}

/**
 * Some candidates: those first whose words the site is known to have, in fewer words before others.
 *
 * @type {(reason: string, queries: string[], known: Known) => Meant[]}
 */
function because(reason, queries, known) {
  const found = queries.map((query) => ({ query, reason, ...onSite(query, known) }));
  found.sort((one, other) => Number(other.there) - Number(one.there) || one.count - other.count);
  return found.slice(0, MAX_CANDIDATES);
}

/** @typedef {ReturnType<typeof read>} Known A dictionary, ready to be asked. */

/** @param {Dictionary} dictionary */
function read({ synonyms, traditional, usual, rare, words, readings }) {
  const pairs = [...traditional];
  /** @type {Map<string, string>} */
  const simplified = new Map();
  for (let at = 0; at < pairs.length; at += 2) {
    simplified.set(pairs[at], pairs[at + 1]);
  }
  const sound = new Map([...soundsOfUsual(usual), ...soundsOfRare(rare)]);
  const there = new Set(words.flatMap((level) => level.split(" ")).filter(Boolean));
  const all = new Set([...there, ...synonyms.flat()]);
  /** @type {Map<string, string[]>} */
  const read = new Map();
  /** @type {Map<string, string[]>} */
  const initials = new Map();
  for (const word of all) {
    const syllables = readings[word]?.split(" ") ?? Array.from(word, (one) => sound.get(one) ?? "");
    push(read, asTyped(syllables.join("")), word);
    push(initials, syllables.map((syllable) => syllable.charAt(0)).join(""), word);
  }
  const groups = synonyms.map((group) => group.map((word) => word.toLowerCase()));
  return { synonyms: groups, simplified, sound, there, all, read, initials };
}

/**
 * The usual characters with their sounds. They are those of the first level of GB 2312, in order.
 *
 * @param {string} sounds
 * @returns {Generator<[character: string, sound: string]>}
 */
function* soundsOfUsual(sounds) {
  const rows = Array.from({ length: 0xd8 - 0xb0 }, (_, row) => 0xb0 + row);
  const cells = Array.from({ length: 0xff - 0xa1 }, (_, cell) => 0xa1 + cell);
  const bytes = rows.flatMap((row) => cells.flatMap((cell) => [row, cell]));
  const characters = new TextDecoder("gbk").decode(new Uint8Array(bytes));
  let at = 0;
  for (const [, sound, count] of sounds.matchAll(/([a-z]+)([0-9]+)/gu)) {
    for (const end = at + Number(count); at < end; at += 1) {
      yield [characters[at], sound];
    }
  }
}

/** @param {string} sounds @returns {[character: string, sound: string][]} */
const soundsOfRare = (sounds) =>
  [...sounds.matchAll(/([a-z]*)([^a-z ]+)/gu)].flatMap(([, sound, characters]) =>
    Array.from(characters, (one) => /** @type {[string, string]} */ ([one, sound])),
  );

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
 * The query with a word of it replaced by others that mean the same; a word within a longer one is not.
 *
 * @type {(query: string, known: Known) => string[]}
 */
function synonymous(query, { synonyms }) {
  const found = synonyms.flatMap((group) =>
    group.filter((word) => query.includes(word)).map((word) => ({ word, group })),
  );
  const longest = found.filter(
    ({ word }) => !found.some((other) => other.word !== word && other.word.includes(word)),
  );
  return longest.flatMap(({ word, group }) =>
    group.filter((other) => other !== word).map((other) => query.replace(word, other)),
  );
}

/**
 * A run of Chinese cut into words, so that as few characters as possible are left, and then into as
 * few words as possible; `left` is what is in no word.
 *
 * @type {(run: string, words: Set<string>) => {words: string[], left: string[]}}
 */
function cut(run, words) {
  const letters = [...run];
  /** The best for what stands before a place. @type {{cost: number, words: string[], left: string[]}[]} */
  const best = [{ cost: 0, words: [], left: [] }];
  for (let end = 1; end <= letters.length; end += 1) {
    const before = best[end - 1];
    const left = [...before.left.slice(0, -1), (before.left.at(-1) ?? "") + letters[end - 1]];
    best[end] = { cost: before.cost + letters.length, words: before.words, left };
    for (let start = Math.max(0, end - MAX_LENGTH); start < end - 1; start += 1) {
      const word = letters.slice(start, end).join("");
      const cost = best[start].cost + 1;
      if (cost < best[end].cost && words.has(word)) {
        const own = best[start];
        best[end] = { cost, words: [...own.words, word], left: [...own.left, ""] };
      }
    }
  }
  return best[letters.length];
}

/**
 * The words of a query apart from each other, each as the site says it: how many characters they
 * have, how many others are left, and whether a word was replaced by another that means the same.
 *
 * @type {(query: string, known: Known) => {pieces: string[], kept: number, left: number, replaced: boolean}}
 */
function apart(query, known) {
  const made = { pieces: /** @type {string[]} */ ([]), kept: 0, left: 0, replaced: false };
  for (const piece of query.replaceAll(QUESTION, " ").match(PIECES) ?? []) {
    if (!HAN.test(piece.charAt(0))) {
      made.pieces.push(piece.replace(/^([0-9]{2})年度?$/u, "20$1年").replace("年度", "年"));
      continue;
    }
    const { words, left } = cut(piece, known.all);
    made.left += telling(left);
    for (const word of words) {
      const said = asSaid(word, known);
      made.pieces.push(...said);
      made[said.length ? "kept" : "left"] += word.length;
      made.replaced ||= said.join("") !== word;
    }
  }
  return made.kept
    ? { ...made, pieces: [...new Set(made.pieces)] }
    : { ...made, pieces: [], left: 1 };
}

/**
 * A word, or the first that means the same, as the site is known to have it: as one word, or in
 * several; nothing if it has not.
 *
 * @type {(word: string, known: Known) => string[]}
 */
function asSaid(word, known) {
  const ways = [word, ...synonymous(word, known)];
  const found = ways.find((each) => known.there.has(each));
  const whole = ways.find((each) => onSite(each, known).there);
  return found ? [found] : whole ? cut(whole, known.there).words : [];
}

/** A query of such words, if they are all of it. @type {(words: ReturnType<typeof apart>) => string[]} */
const wholly = ({ pieces, left }) => (left ? [] : [pieces.join(" ")]);

/** How many characters tell something. @param {string[]} left */
const telling = (left) => left.join("").replaceAll(PARTICLES, "").length;

/**
 * How many words of the site a query has, and how many letters that are in none.
 *
 * @type {(query: string, known: Known) => {there: boolean, count: number, left: number}}
 */
function onSite(query, { there }) {
  let [count, left] = [0, 0];
  for (const piece of query.match(PIECES) ?? []) {
    const found = cut(/[0-9]/u.test(piece) ? "" : piece, there);
    count += found.words.length;
    left += telling(found.left);
  }
  return { there: !left, count, left };
}

/**
 * The query with its Latin letters read as pinyin: whole words, or their initials.
 *
 * @param {string} query
 * @param {Known} known
 */
function byPinyin(query, known) {
  const plain = query.normalize("NFD").replaceAll("u\u0308", "v").replaceAll(/\p{M}/gu, "");
  const [typed = "", ...more] = plain.match(PINYIN) ?? [];
  const letters = asTyped(typed.replaceAll(/[^a-z]/gu, ""));
  const rest = plain.replace(typed, "").match(PIECES) ?? [];
  if (more.length || letters.length < 2 || !rest.every(isBeside)) {
    return []; // a code, or more than one word among others
  }
  const found = inARow(letters, known.read).flatMap((words) => [words.join(""), words.join(" ")]);
  return [...found, ...(known.initials.get(letters) ?? [])].map((words) =>
    plain
      .replace(typed, /[0-9]/u.test(plain) ? ` ${words} ` : words)
      .replaceAll(/ +/gu, " ")
      .trim(),
  );
}

/** What may stand beside pinyin: Chinese and years. Other digits are those of a code. @param {string} piece */
const isBeside = (piece) => HAN.test(piece) || /^20[0-9]{2}$/u.test(piece);

/** Pinyin in one of the ways in which it is typed: lüe is lve or lue. @param {string} letters */
const asTyped = (letters) => letters.replaceAll(/(?<=[ln])ve/gu, "ue");

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

/** The query with its number said in other powers of ten: 480000元 is 48万元. @param {string} query */
function converted(query) {
  const [whole, number, power] = query.match(AMOUNT) ?? [];
  if (!whole) {
    return [];
  }
  const value = Number(number.replaceAll(",", "")) * (POWERS.get(power) ?? 1);
  return [...POWERS]
    .filter(([name, size]) => name !== power && value >= size / 100)
    .map(([name, size]) => query.replace(whole, Number((value / size).toFixed(6)) + name));
}

/**
 * The query with one character changed, put in, left out or moved so that a word of the site stands
 * in it: those first where all the rest are words, too, and where it sounds alike; then long words,
 * then those that are used the most.
 *
 * @type {(query: string, known: Known) => string[]}
 */
function withOneWrong(query, known) {
  /** @type {{query: string, left: number, alike: number, length: number}[]} */
  const found = [];
  const letters = [...query];
  for (const word of known.all) {
    const characters = [...word];
    for (let start = 0; start < letters.length; start += 1) {
      const end = mistyped(letters, start, characters);
      const own = letters.slice(start, end);
      const alike =
        end > start && !known.all.has(own.join("")) ? likeness(own, characters, known) : -1;
      if (alike > 0 || (alike === 0 && characters.length >= LONG)) {
        const changed = [...letters.slice(0, start), word, ...letters.slice(end)].join("");
        const { left } = onSite(changed, known);
        found.push({ query: changed, left, alike, length: characters.length });
      }
    }
  }
  const before = onSite(query, known).left;
  const least = Math.min(...found.map(({ left }) => left));
  return found
    .filter(({ left }) => left === least && left < before)
    .sort((one, other) => other.alike - one.alike || other.length - one.length)
    .map((each) => each.query);
}

/**
 * Where a word ends that was mistyped from a place on; 0 if it was not, or by more than one mistake.
 *
 * @type {(letters: string[], start: number, word: string[]) => number}
 */
function mistyped(letters, start, word) {
  let same = 0;
  while (same < word.length && letters[start + same] === word[same]) {
    same += 1;
  }
  /** @type {(typed: number, meant: number) => boolean} */
  const goesOn = (typed, meant) =>
    word.slice(same + meant).every((one, at) => letters[start + same + typed + at] === one);
  const at = start + same;
  if (same === word.length || !HAN.test(letters[at] ?? "")) {
    return same === word.length - 1 && word.length > LONG ? at : 0; // the last one is missing
  }
  if (goesOn(1, 1)) {
    return start + word.length;
  }
  if (word.length < LONG) {
    return 0;
  }
  if (letters[at + 1] === word[same] && letters[at] === word[same + 1] && goesOn(2, 2)) {
    return start + word.length;
  }
  if (goesOn(1, 0)) {
    return start + word.length + 1;
  }
  return word.length > LONG && goesOn(0, 1) ? start + word.length - 1 : 0;
}

/**
 * How alike what was typed and a word sound: the same, as many people say them, or not.
 *
 * @type {(typed: string[], word: string[], known: Known) => number}
 */
function likeness(typed, word, { sound }) {
  if (typed.length !== word.length) {
    return 0;
  }
  const [one, other] = [typed, word].map((letters) =>
    letters.map((each) => sound.get(each) ?? each),
  );
  const alike = [one, other].map((sounds) => sounds.map(broad).join(" "));
  return one.join(" ") === other.join(" ") ? 2 : Number(alike[0] === alike[1]);
}

/** A sound without what many do not tell apart. @param {string} sound */
const broad = (sound) =>
  sound
    .replace(/^([zcs])h/u, "$1")
    .replace(/^n(?=[^g])/u, "l")
    .replace(/ng$/u, "n");
