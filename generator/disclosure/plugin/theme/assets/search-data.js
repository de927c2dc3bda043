// Finds pages: which of them hold all letters of a query, and how well they answer it.

import { forgetIndex, isThere, loadedIndex, pieceOf, places, rowAt } from "./search-files.js";
import {
  excerpt,
  grams,
  hasWhole,
  lines,
  longGrams,
  nameRun,
  numbers,
  runs,
} from "./search-text.js";

/** @typedef {import("./search-files.js").Facet} Facet */
/** @typedef {import("./search-files.js").Other} Other */
/** @typedef {import("./search-files.js").Part} Part */
/** @typedef {import("./search-files.js").Piece} Piece */
/** @typedef {import("./search-text.js").GramRules} GramRules */
/** @typedef {import("./search-text.js").Mark} Mark */

/** What is chosen to filter by; "" or nothing stands for all. @typedef {Partial<Record<Facet, string>>} Chosen */

/**
 * @typedef {object} Asked What is searched for.
 * @property {string[]} needles
 * @property {string[]} numbers Those among them that are numbers, each in one way.
 * @property {string[]} years The years among them, whose pages come first.
 * @property {Chosen} chosen
 * @property {string[]} kinds All kinds of page, in the order in which they are shown.
 * @property {GramRules} rules
 * @property {string} guide The kind of page that is not about money.
 */

/** A page of a part, with the places of its pieces. @typedef {{number: number, kind: string, start: number, end: number}} Page */

/** A needle by its number, and a gram of it. @typedef {[needle: number, gram: string]} Pair */

/**
 * @typedef {object} Candidates The pages of a part that are still in.
 * @property {Part} part
 * @property {number[]} own Which needles are looked for: all but the year of the part.
 * @property {Uint8Array[]} texts For each needle a byte for each piece of a page: 1 if it is in.
 * @property {Uint8Array} names The same for the names and codes.
 * @property {Page[]} found
 * @property {Set<Pair>} done What was looked up.
 */

/**
 * @typedef {object} Found A page that was found.
 * @property {Part} part
 * @property {Uint8Array[]} texts
 * @property {Page} page
 * @property {number} level How well it answers.
 * @property {boolean} loose Whether it has the digits that are searched for only as parts of codes and
 *   longer numbers; it comes after all others then.
 * @property {boolean} elsewhere Whether it is of another year than the one that is searched for.
 */

/** @typedef {{found: Found[], older?: () => Promise<Answer>}} Answer What a search of some years gave. */

/** @typedef {{found: Found, stored: import("./search-files.js").Row, subject: string}} Row A page that was found, and what it is about. */

/** @typedef {Pick<Piece, "title" | "kind" | "year" | "money" | "department" | "others"> & {path: string, excerpt: string}} Result */

/** Few enough to look at them, should they not hold a long query in one piece. */
const MAX_LOOKED_AT = 10;

/** So many pages are searched at once; older years only when more is asked for. */
const AT_ONCE = 80_000;

/** An ending of so many letters is as good as the whole code. */
const ENDING = 6;

/** A year as a word of a query. All pages of that year answer it. */
const YEAR = /^(20[0-9]{2})(?:年度?)?$/u;

/** Decimals before a unit: the text may have it elsewhere, or the number with fewer of them. */
const DECIMALS = /(\.[0-9]+)(?=\p{L})/gu;

/** How well a page answers, the best first: by code, by name, by a word of its text, by its text. */
const [CODE, CODE_ENDS, NAME, NAME_STARTS, NAMED, WORD, TEXT] = [0, 1, 2, 3, 4, 5, 6];

/**
 * The pages that answer a query, best first, newest year first among equals.
 *
 * @param {string} query
 * @param {Chosen} chosen
 */
export async function search(query, chosen) {
  const needles = [...new Set(runs(query.replaceAll(DECIMALS, "$1 ")))];
  const { contract, facets, parts } = await loadedIndex();
  const wanted = parts.filter((part) => !chosen.year || part.year === chosen.year);
  const asked = {
    needles,
    numbers: numbers(query),
    years: needles.map(yearOf).filter((year) => facets.year.includes(year)),
    chosen,
    kinds: facets.kind,
    rules: contract.grams,
    guide: contract.guide,
  };
  return new Results(asked, needles.length ? await searchParts(wanted, asked) : { found: [] });
}

/** The year that a needle is, or "". @param {string} needle */
const yearOf = (needle) => YEAR.exec(needle)?.[1] ?? "";

/** Which of the needles a page of a year must have itself. @type {(needles: string[], year: string) => number[]} */
function ownOf(needles, year) {
  const all = [...needles.keys()];
  const own = all.filter((needle) => !year || yearOf(needles[needle]) !== year);
  return own.length ? own : all;
}

/**
 * Finds pages. `older` of the answer searches the years that were left out, if any were.
 *
 * @type {(parts: Part[], asked: Asked) => Promise<Answer>}
 */
async function searchParts(parts, asked) {
  const count = atOnce(parts);
  const others = parts.slice(count);
  let found;
  try {
    const candidates = await narrowed(parts.slice(0, count), asked);
    const many = countOf(candidates) > MAX_LOOKED_AT;
    const rows = await Promise.all(candidates.map((each) => ranked(each, asked, many)));
    found = inOrder(rows.flat(), asked.kinds);
  } catch (error) {
    forgetIndex();
    throw error;
  }
  const older = others.length ? () => searchParts(others, asked) : undefined;
  return found.length || !older ? { found, older } : older();
}

/** How many of the parts, newest first, are searched at once. @param {Part[]} parts */
function atOnce(parts) {
  let sum = 0;
  const count = parts.findIndex((part) => {
    sum += part.pages.reduce((pages, [, number]) => pages + number, 0);
    return sum > AT_ONCE;
  });
  return count < 0 ? parts.length : Math.max(count, 1);
}

/**
 * For each part the pages that hold the grams of a query: in their texts, in their names.
 *
 * @type {(parts: Part[], asked: Asked) => Promise<Candidates[]>}
 */
async function narrowed(parts, { needles, chosen, rules }) {
  const candidates = parts.map((part) => everything(part, needles, chosen.kind));
  const { department } = chosen;
  if (department) {
    await Promise.all(candidates.map((each) => narrowDepartment(each, department)));
  }
  const all = rounds(needles, rules);
  // While a query is typed, most grams are there already: they may leave few parts to be asked.
  /** @param {Candidates} each */
  const there = ({ part }) => all.flat().filter(([, gram]) => isThere(part, gram));
  return lookUp(await left(candidates, there), all, needles.length);
}

/**
 * Narrows by round after round, at least by those of the ends, until more would not pay.
 *
 * @type {(candidates: Candidates[], all: Pair[][], least: number) => Promise<Candidates[]>}
 */
async function lookUp(candidates, all, least) {
  let before = Infinity;
  let rest = candidates;
  for (const [index, round] of all.entries()) {
    if (index > 1 && countOf(rest) <= MAX_LOOKED_AT) {
      break;
    }
    if (rest.every(({ done }) => round.every((pair) => done.has(pair)))) {
      continue; // it was there already
    }
    rest = await left(rest, () => round);
    const count = countOf(rest);
    if (count === before && index >= least) {
      break; // more grams would hardly tell more
    }
    before = count;
  }
  return rest;
}

/**
 * The parts of which pages are left after some more grams; `choose` says which of a part.
 *
 * @param {Candidates[]} candidates
 * @param {(each: Candidates) => Pair[]} choose
 */
async function left(candidates, choose) {
  await Promise.all(candidates.map((each) => narrow(each, choose(each))));
  return candidates.filter(({ found }) => found.length);
}

/** How many pages are left in all parts. @param {Candidates[]} candidates */
const countOf = (candidates) => candidates.reduce((sum, { found }) => sum + found.length, 0);

/**
 * The last gram, because the ends of codes differ most, and before it those that together hold all
 * letters. These are counted from the start, so that most of them stay the same while a query is
 * being typed.
 *
 * @type {(found: string[], rules: GramRules) => string[]}
 */
const endFirst = (found, { length }) =>
  found.filter((_, index) => index % length === 0 || index === found.length - 1).reverse();

/**
 * What to look up, two grams at a time; those first that say the most of a long text.
 *
 * @type {(needles: string[], rules: GramRules) => Pair[][]}
 */
function rounds(needles, rules) {
  /** @type {(make: (text: string) => string[]) => Pair[]} */
  const of = (make) =>
    needles.flatMap((text, needle) => make(text).map((gram) => pair(needle, gram)));
  const all = of((text) => grams(text, rules));
  const long = of((text) => endFirst(longGrams(text, rules), rules));
  const ranking = [all[0], all[all.length - 1]]; // needed in any case, see `ranked`
  const starts = of((text) => grams(text, rules).slice(0, 1));
  const then = of((text) => grams(text, rules).filter((_, index) => index % rules.length === 0));
  const telling = [long[0], long[long.length >> 1]].filter(Boolean); // such as number and year
  const order = [...telling, ...ranking, ...starts, ...long, ...then, ...all];
  const pairs = [...new Map(order.map((pair) => [String(pair), pair])).values()];
  return pairs.flatMap((_, index) => (index % 2 ? [] : [pairs.slice(index, index + 2)]));
}

/** @type {(needle: number, gram: string) => Pair} */
const pair = (needle, gram) => [needle, gram];

/** The pages of a part, by its name. @type {Map<string, Page[]>} */
const known = new Map();

/**
 * The pages of a part in order. A long page has several pieces, at places in a row.
 *
 * @param {Part} part
 */
function pagesOf(part) {
  let pages = known.get(part.name);
  if (!pages) {
    pages = [];
    let start = 0;
    for (const [kind, count, pieces] of part.pages) {
      for (let page = 0; page < count; page += 1) {
        pages.push({ number: pages.length, kind, start, end: start + pieces });
        start += pieces;
      }
    }
    known.set(part.name, pages);
  }
  return pages;
}

/**
 * All pages of a part, of one kind if one is chosen.
 *
 * @type {(part: Part, needles: string[], chosenKind?: string) => Candidates}
 */
function everything(part, needles, chosenKind) {
  const pages = pagesOf(part);
  const all = new Uint8Array(pages[pages.length - 1].end);
  for (const { kind, start, end } of pages) {
    all.fill(Number(!chosenKind || kind === chosenKind), start, end);
  }
  const texts = needles.map(() => all);
  return { part, own: ownOf(needles, part.year), texts, names: all, found: pages, done: new Set() };
}

/** @type {(candidates: Candidates, department: string) => Promise<void>} */
async function narrowDepartment(candidates, department) {
  const list = await places(candidates.part, department, "department");
  candidates.texts = candidates.texts.map((text) => both(text, list));
  candidates.names = both(candidates.names, list);
}

/**
 * Leaves the pages that also hold some more grams.
 *
 * @type {(candidates: Candidates, pairs: Pair[]) => Promise<void>}
 */
async function narrow(candidates, pairs) {
  const { part, own, texts, done } = candidates;
  const fresh = pairs.filter((pair) => own.includes(pair[0]) && !done.has(pair));
  /** @param {string} gram */
  const look = (gram) => Promise.all([places(part, gram), places(part, gram, "inside")]);
  const lists = await Promise.all(fresh.map(([, gram]) => look(gram)));
  for (const [index, [needle]] of fresh.entries()) {
    const [inText, inNames] = lists[index];
    texts[needle] = both(texts[needle], inText);
    candidates.names = both(candidates.names, inNames);
  }
  candidates.done = new Set([...done, ...pairs]);
  const { names } = candidates;
  candidates.found = candidates.found.filter(
    (page) => names[page.start] || texts.every((text) => firstIn(text, page) >= 0),
  );
}

/**
 * The first piece of a page that is in; -1 if none is.
 *
 * @type {(text: Uint8Array, page: Page) => number}
 */
function firstIn(text, { start, end }) {
  for (let place = start; place < end; place += 1) {
    if (text[place]) {
      return place;
    }
  }
  return -1;
}

/** What is in `places` and among `found`. @type {(places: Uint8Array, found: number[]) => Uint8Array} */
function both(places, found) {
  const result = new Uint8Array(places.length);
  for (const place of found) {
    result[place] = places[place];
  }
  return result;
}

/**
 * The candidates of a part, each with how well it answers, and with the pieces that may.
 *
 * @type {(candidates: Candidates, asked: Asked, many: boolean) => Promise<Found[]>}
 */
async function ranked({ part, own, texts, names, found }, asked, many) {
  const { rules } = asked;
  const needles = own.map((needle) => asked.needles[needle]);
  const [first] = grams(needles[0], rules);
  const [last] = grams(needles[needles.length - 1], rules).slice(-1);
  /** @type {(gram: string, mark: Mark) => Promise<Uint8Array>} */
  const named = async (gram, mark) => both(names, await places(part, gram, mark));
  const [nameStarts, nameEnds, codeStarts, codeEnds] = await Promise.all([
    named(first, "name_start"),
    named(last, "name_end"),
    named(first, "code_start"),
    named(last, "code_end"),
  ]);
  const whole = many ? needles.filter((each) => hasWhole(each, rules)) : [];
  const words = await marked(part, whole, "whole");
  const wanted = needles.length < texts.length ? without(asked.numbers, part.year) : asked.numbers;
  const figures = await marked(part, wanted, "number");
  // Digits by themselves may be those of a code; what has letters too is in a name as it is.
  const alone = wanted.filter((number) => needles.includes(number) || number.includes("."));
  const ofNames = await marked(part, alone, "name_number");
  const letters = needles.join("");
  const elsewhere = asked.years.length > 0 && !asked.years.includes(part.year);
  const isCode = /^[0-9a-z]+$/u.test(letters); // or a name that ends like its own code would be one
  /** @type {(places: Uint8Array[], page: Page) => boolean} */
  const hasAll = (places, page) => places.every((each) => firstIn(each, page) >= 0);
  /** @param {Page} page */
  const level = (page) => {
    const place = page.start;
    if (!names[place]) {
      return words.length && hasAll(words, page) ? WORD : TEXT;
    }
    if (isCode && codeEnds[place] && (codeStarts[place] || letters.length >= ENDING)) {
      return codeStarts[place] ? CODE : CODE_ENDS;
    }
    if (nameStarts[place]) {
      return nameEnds[place] ? NAME : NAME_STARTS;
    }
    return hasAll(ofNames, page) || !hasAll(figures, page) ? NAMED : TEXT;
  };
  return found.map((page) => {
    const reached = level(page);
    const mayBeOfCode = reached >= WORD || (reached === NAMED && !hasAll(ofNames, page));
    const loose = mayBeOfCode && !hasAll(figures, page);
    return { part, texts, page, level: reached, loose, elsewhere };
  });
}

/** @type {(numbers: string[], year: string) => string[]} */
const without = (numbers, year) => numbers.filter((number) => number !== year);

/**
 * For each word or number the places of a part where it stands with this mark.
 *
 * @type {(part: Part, words: string[], mark: Mark) => Promise<Uint8Array[]>}
 */
function marked(part, words, mark) {
  const all = everything(part, words).names;
  return Promise.all(words.map(async (each) => both(all, await places(part, each, mark))));
}

/** Where a page stands among the others, the best first. @param {Pick<Found, "level" | "loose" | "elsewhere">} found */
const rank = ({ level, loose, elsewhere }) =>
  (2 * Number(elsewhere) + Number(loose)) * (TEXT + 1) + level;

/**
 * Pages of all parts in one row: by rank, then by kind, then as the parts have them.
 *
 * @type {(found: Found[], kinds: string[]) => Found[]}
 */
function inOrder(found, kinds) {
  /** @type {Found[][]} */
  const rows = Array.from({ length: 4 * (TEXT + 1) * kinds.length }, () => []);
  for (const each of found) {
    rows[rank(each) * kinds.length + kinds.indexOf(each.page.kind)].push(each);
  }
  return rows.flat();
}

/**
 * What a query found, to be shown bit by bit; a project with all its years is one result. `isGuide` if
 * it is about the site only, and not about money.
 *
 * `total` is how many pages there are. It is `exact` once each of them was looked at or holds the
 * query without doubt; until then some may only hold its letters, but not in one piece.
 */
class Results {
  /** @type {Asked} */
  #asked;
  /** @type {Found[]} */
  #waiting = [];
  /** @type {Answer["older"]} */
  #older;
  /** What the results so far are about: projects, or single pages. @type {Set<string>} */
  #shown = new Set();
  #certain;
  #looks = 0; // how many texts were loaded
  total = 0;

  /**
   * @param {Asked} asked
   * @param {Answer} answer
   */
  constructor(asked, answer) {
    this.#asked = asked;
    this.#certain = asked.needles.every((needle) => grams(needle, asked.rules).length === 1);
    this.#take(answer);
    this.isGuide = !answer.older && answer.found.every(({ page }) => page.kind === asked.guide);
  }

  /** All pages that were found, as [name of the part, number of the page in it]. */
  get found() {
    return this.#waiting.map(({ part, page }) => [part.name, page.number]);
  }

  get exact() {
    return this.#certain || !this.#waiting.length;
  }

  /** Whether there are years that were not searched yet. */
  get hasOlder() {
    return Boolean(this.#older);
  }

  get hasMore() {
    return this.#waiting.length > 0 || this.hasOlder;
  }

  /** The best result alone, because it is there sooner; none if the first page does not hold. */
  async first() {
    await this.#fill();
    return this.#load(1);
  }

  /**
   * The next results, so many or as many as there are; fewer, too, where most of what was looked at
   * turns out not to hold the query: the rest is for another time.
   *
   * @param {number} count
   */
  async next(count) {
    const made = [];
    const enough = this.#looks + count;
    while (made.length < count && (await this.#fill()) && !(made.length && this.#looks >= enough)) {
      made.push(...(await this.#load(count - made.length)));
    }
    await this.#skipShown();
    return made;
  }

  /** Whether a page is waiting; looks through older years for one. */
  async #fill() {
    while (!this.#waiting.length && this.#older) {
      this.#take(await this.#older());
    }
    return this.#waiting.length > 0;
  }

  /** @param {Answer} answer */
  #take({ found, older }) {
    this.#waiting = found;
    this.#older = older;
    this.total += found.length;
  }

  /** The results among the next `count` pages. @param {number} count */
  async #load(count) {
    try {
      return await this.#read(count);
    } catch (error) {
      forgetIndex(); // the site may have changed since: the next try begins with its new index
      throw error;
    }
  }

  /** @param {number} count */
  async #read(count) {
    const batch = await Promise.all(this.#waiting.slice(0, count).map(withRow));
    const fresh = batch.filter(({ subject }, index) => {
      const first = batch.findIndex((other) => other.subject === subject) === index;
      return first && !this.#shown.has(subject);
    });
    const answers = await Promise.all(fresh.map((row) => answer(row, this.#asked)));
    const looked = new Map(fresh.map((row, index) => [row, answers[index]]));
    this.#waiting.splice(0, count);
    this.#looks += fresh.length;
    const made = [];
    for (const [index, row] of batch.entries()) {
      const result = looked.get(row);
      if (this.#shown.has(row.subject)) {
        continue;
      }
      if (result) {
        this.#shown.add(row.subject);
        made.push({ ...result, others: this.#others(result) });
      } else if (!looked.has(row)) {
        // Another year of a project whose first one did not hold: its turn comes before the rest.
        this.#waiting.unshift(...batch.slice(index).map(({ found }) => found));
        break;
      } else if (row.found.level < WORD) {
        this.#demote(row.found);
      } else {
        this.total -= 1;
      }
    }
    return made;
  }

  /** Puts back a page whose names only seemed to hold the query: its text may. @param {Found} found */
  #demote(found) {
    const demoted = { ...found, level: TEXT };
    const first = this.#waiting.findIndex((each) => rank(each) >= rank(demoted));
    const place = first < 0 ? this.#waiting.length : first;
    this.#waiting.splice(place, 0, demoted);
  }

  /** The other pages about the same project that the filters leave. @param {Result} result */
  #others({ others }) {
    const { year, kind } = this.#asked.chosen; // the department is the same
    return others.filter(
      (other) => (!year || other.year === year) && (!kind || other.kind === kind),
    );
  }

  async #skipShown() {
    while (this.#waiting.length && this.#shown.has((await withRow(this.#waiting[0])).subject)) {
      this.#waiting.shift();
    }
  }
}

/** A page that was found, and where its text is. @type {(found: Found) => Promise<Row>} */
async function withRow(found) {
  const stored = await rowAt(found.part, found.page.number);
  const [address, chain] = stored;
  return { found, stored, subject: chain || address };
}

/**
 * A page as a result, if its names or, at the last levels, its text hold all of the needles.
 *
 * @type {(row: Row, asked: Asked) => Promise<Result | undefined>}
 */
async function answer({ stored, found }, asked) {
  const own = ownOf(asked.needles, found.part.year);
  const needles = own.map((needle) => asked.needles[needle]);
  if (found.level < WORD) {
    const page = await pieceOf(stored, 0);
    const entry = page.names.find((both) => needles.every((needle) => isIn(both, needle)));
    if (!entry) {
      return undefined;
    }
    const [name, code] = entry;
    const isNamed = needles.every((needle) => nameRun(name).includes(needle));
    return asResult(page, name, isNamed ? answering(page, page.text, needles, []) : `编码 ${code}`);
  }
  const holders = await Promise.all(
    own.map((needle) => pieceWith(stored, found.page, found.texts[needle], asked.needles[needle])),
  );
  const held = holders.filter((piece) => piece !== undefined);
  if (held.length < needles.length) {
    return undefined;
  }
  const [page] = held;
  const text = [...new Set(held)].map((piece) => piece.text).join("\n");
  const wanted = found.loose ? [] : without(asked.numbers, page.year);
  return asResult(page, page.title, answering(page, text, needles, wanted));
}

/**
 * What of a text answers, but for what is said of its page anyway: money and department.
 *
 * @type {(page: Piece, text: string, needles: string[], wanted: string[]) => string}
 */
function answering({ title, year, money, department }, text, needles, wanted) {
  const others = needles.filter((needle) => !isIn([`${year}年度`, money, department], needle));
  return excerpt(text, title, others.length ? others : needles, wanted);
}

/** @type {(page: Piece, title: string, around: string) => Result} */
const asResult = ({ address: path, kind, year, money, department, others }, title, around) => ({
  path,
  title,
  kind,
  year,
  money,
  department,
  others,
  excerpt: around,
});

/**
 * The first piece of a page that holds `needle`.
 *
 * @type {(stored: Row["stored"], page: Page, inText: Uint8Array, needle: string) => Promise<Piece | undefined>}
 */
async function pieceWith(stored, { start, end }, inText, needle) {
  for (let place = start; place < end; place += 1) {
    const piece = inText[place] && (await pieceOf(stored, place - start));
    if (piece && lines(piece.text).includes(needle)) {
      return piece;
    }
  }
  return undefined;
}

/** Whether a name or its code has a needle in it. @type {(texts: string[], needle: string) => boolean} */
const isIn = (texts, needle) => texts.some((text) => nameRun(text).includes(needle));
