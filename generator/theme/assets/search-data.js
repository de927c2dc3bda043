// Finds pages: which of them hold all letters of a query, and how well they answer it.

import { forgetIndex, loadedIndex, pagesAbout, places, subjectAt } from "./search-files.js";
import {
  CODE_END, CODE_START, DEPARTMENT, INSIDE, NAME_END, NAME_START, excerpt, fold, grams, runs,
} from "./search-text.js";

/** The facets of a result, in the order of `index.json`. */
export const FACETS = ["year", "kind", "department"];

/** Few enough to look at all of them, should they not hold a long query in one piece. */
const FEW = 10;

/** So many pages are searched at once; older years only when more is asked for. */
const AT_ONCE = 80_000;

/** An ending of so many letters is as good as the whole code. */
const ENDING = 6;

/** How well a page answers, the best first: by code, by name, by its text. */
const [CODE, CODE_ENDS, NAME, NAME_STARTS, NAMED, TEXT] = [0, 1, 2, 3, 4, 5];

/**
 * The pages that answer a query, best first, newest year first among equals.
 *
 * Gives {found, exact, older}. `found` is [{part, place, kind, level}], to be loaded by
 * `loadResult`; `exact` says that all of them hold the query in one piece; `older` searches the
 * years that were left out, if any were.
 */
export async function search(query, chosen) {
  const needles = [...new Set(runs(query))];
  if (!needles.length) {
    return { found: [], exact: true, older: undefined };
  }
  const { facets, parts } = await loadedIndex();
  const wanted = parts.filter((part) => !chosen.year || part.year === chosen.year);
  return searchParts(wanted, { needles, chosen, kinds: facets.kind });
}

async function searchParts(parts, asked) {
  const count = atOnce(parts);
  const others = parts.slice(count);
  let found;
  try {
    const candidates = await narrowed(parts.slice(0, count), asked);
    const rows = await Promise.all(candidates.map((each) => ranked(each, asked)));
    found = inOrder(rows.flat(), asked.kinds);
  } catch (error) {
    forgetIndex();
    throw error;
  }
  const older = others.length ? () => searchParts(others, asked) : undefined;
  if (!found.length && older) {
    return older();
  }
  const exact = asked.needles.every((needle) => grams(needle).length === 1);
  return { found, exact, older };
}

/** How many of the parts, newest first, are searched at once. */
function atOnce(parts) {
  let pages = 0;
  const count = parts.findIndex((part) => {
    pages += part.kinds.reduce((sum, [, number]) => sum + number, 0);
    return pages > AT_ONCE;
  });
  return count < 0 ? parts.length : Math.max(count, 1);
}

/** For each part the pages that hold the grams of a query: in their text, in their names. */
async function narrowed(parts, { needles, chosen }) {
  let candidates = parts.map((part) => everything(part, chosen.kind));
  if (chosen.department) {
    await Promise.all(candidates.map((each) => narrow(each, [chosen.department], DEPARTMENT)));
  }
  for (const round of rounds(needles)) {
    await Promise.all(candidates.map((each) => narrow(each, round)));
    candidates = candidates.filter((each) => each.count);
    if (candidates.reduce((sum, each) => sum + each.count, 0) <= FEW) {
      break;
    }
  }
  return candidates;
}

/** Grams to look up, two at a time; those first that say the most: few are needed of a long text. */
function rounds(needles) {
  const lists = needles.map(grams);
  const ends = [lists[0][0], lists.at(-1).at(-1)];
  const apart = lists.flatMap((list) => list.filter((_, index) => index % 3 === 0));
  const order = [...new Set([...ends, ...apart, ...lists.flat()])];
  return order.flatMap((_, index) => (index % 2 ? [] : [order.slice(index, index + 2)]));
}

/** All pages of a part, of one kind if one is chosen, as bytes: 1 for a page that is in. */
function everything(part, kind) {
  const kinds = part.kinds.flatMap(([name, count]) => new Array(count).fill(name));
  const pages = Uint8Array.from(kinds, (name) => Number(!kind || name === kind));
  return { part, kinds, text: pages, names: pages, count: pages.length };
}

/** Leaves the pages that also hold `keys`; with a mark, those of which it is known otherwise. */
async function narrow(candidates, keys, mark) {
  const { part } = candidates;
  const look = (key, own) => places(part, key, mark ?? own);
  const lists = await Promise.all(keys.map((key) => Promise.all([look(key, ""), look(key, INSIDE)])));
  for (const [text, names] of lists) {
    candidates.text = both(candidates.text, text);
    candidates.names = both(candidates.names, names);
  }
  candidates.count = candidates.text.reduce(
    (sum, inText, place) => sum + (inText | candidates.names[place]), 0,
  );
}

/** The pages of `pages` that are among `found`. */
function both(pages, found) {
  const result = new Uint8Array(pages.length);
  for (const place of found) {
    result[place] = pages[place];
  }
  return result;
}

/** The candidates of a part, each with how well it answers. */
async function ranked({ part, kinds, text, names }, { needles }) {
  const first = grams(needles[0])[0];
  const last = grams(needles.at(-1)).at(-1);
  const named = async (gram, mark) => both(names, await places(part, gram, mark));
  const [nameStarts, nameEnds, codeStarts, codeEnds] = await Promise.all([
    named(first, NAME_START), named(last, NAME_END), named(first, CODE_START), named(last, CODE_END),
  ]);
  const long = needles.join("").length >= ENDING;
  const level = (place) => {
    if (!names[place]) {
      return TEXT;
    }
    if (codeEnds[place] && (codeStarts[place] || long)) {
      return codeStarts[place] ? CODE : CODE_ENDS;
    }
    if (nameStarts[place]) {
      return nameEnds[place] ? NAME : NAME_STARTS;
    }
    return NAMED;
  };
  const found = [];
  kinds.forEach((kind, place) => {
    if (text[place] || names[place]) {
      found.push({ part, place, kind, level: level(place) });
    }
  });
  return found;
}

/** Pages of all parts in one row: by level, then by kind, then as the parts have them. */
function inOrder(found, kinds) {
  const rows = Array.from({ length: (TEXT + 1) * kinds.length }, () => []);
  for (const page of found) {
    rows[page.level * kinds.length + kinds.indexOf(page.kind)].push(page);
  }
  return rows.flat();
}

/**
 * What is shown of a page that was found, with the other pages about the same project.
 *
 * Gives {subject, pages, holds}: `pages` are those that answer the query, best first; `holds` says
 * whether the page that was found is among them, or only has its letters in several pieces.
 */
export async function loadResult({ part, place, kind }, query, chosen) {
  const needles = runs(query);
  const subject = await subjectAt(part, place);
  const pages = (await pagesAbout(subject))
    .filter((page) => FACETS.every((facet) => !chosen[facet] || page[facet] === chosen[facet]))
    .map((page) => answer(page, needles))
    .filter(Boolean);
  const holds = pages.some((page) => page.year === part.year && page.kind === kind);
  return { subject, pages, holds };
}

/** A page as a result, if it holds all of `needles`. */
function answer(page, needles) {
  const { address: path, title, kind, year, department } = page;
  const entry = page.names.find((both) => needles.every((needle) => holds(both, needle)));
  if (entry) {
    const [name, code] = entry;
    return { path, title: name, kind, year, department, excerpt: code && `编码 ${code}` };
  }
  const text = fold(page.text);
  if (!needles.every((needle) => text.includes(needle))) {
    return undefined;
  }
  const around = excerpt(page.text.replaceAll("\n", " · "), needles);
  return { path, title, kind, year, department, excerpt: around };
}

/** Whether a name or a code has a needle in it. */
const holds = (texts, needle) => texts.some((text) => fold(text).includes(needle));
