// Finds pages: first in the catalogue of names and codes, then in the full text.

import { excerpt, fold, phrase, runs, unspell, words } from "./search-text.js";

const root = new URL("../", import.meta.url);

/** The facets of a result, in the order of `index.json`. */
export const FACETS = ["year", "kind", "department"];

let catalogue;
let pagefind;
let failures = 0;

/** The address of a page of this site, from one relative to the site. */
export const address = (path) => new URL(path, root).href;

async function json(path) {
  const response = await fetch(new URL(path, root));
  if (!response.ok) {
    throw new Error(`${response.status} ${path}`);
  }
  return response.json();
}

async function loadCatalogue() {
  const index = await json("search/index.json");
  const shards = await Promise.all(index.shards.map((name) => json(`search/${name}`)));
  const entries = shards.flatMap(({ year, entries: rows }) =>
    rows.map(([name, code, path, kind, department, chain]) => ({
      name, code, path, kind, year, department, chain, foldedName: fold(name), foldedCode: fold(code),
    })),
  );
  return { facets: index.facets, entries };
}

/** {facets, entries}; loaded once, and again after a failure. */
export function loadedCatalogue() {
  catalogue ??= loadCatalogue().catch((error) => {
    catalogue = undefined;
    throw error;
  });
  return catalogue;
}

/** Pagefind; loaded once, and again after a failure, when it must have another address. */
export function loadedPagefind() {
  pagefind ??= loadPagefind();
  return pagefind;
}

async function loadPagefind() {
  const url = new URL("pagefind/pagefind.js", root);
  if (failures) {
    url.searchParams.set("attempt", failures);
  }
  const module = await import(url);
  await module.options({ baseUrl: "/", basePath: new URL("pagefind/", root).href });
  await module.init();
  return module;
}

/** How well an entry answers: 0 is best; undefined if it does not. */
function rank(entry, whole, needles) {
  const { foldedName: name, foldedCode: code } = entry;
  if (!needles.every((needle) => name.includes(needle) || code.includes(needle))) {
    return undefined;
  }
  const better = [
    code === whole,
    whole.length >= 6 && code.endsWith(whole),
    name === whole,
    name.startsWith(whole),
    name.includes(whole),
  ];
  const index = better.indexOf(true);
  return index < 0 ? better.length : index;
}

/** The entries that answer a query, best first, one for each page; a project's years together. */
export async function searchCatalogue(query, chosen) {
  const { facets, entries } = await loadedCatalogue();
  const needles = words(query);
  const whole = needles.join(" ");
  const hits = [];
  for (const entry of entries) {
    const fits = FACETS.every((facet) => !chosen[facet] || entry[facet] === chosen[facet]);
    const order = fits && needles.length ? rank(entry, whole, needles) : undefined;
    if (order !== undefined) {
      hits.push({ entry, order, kind: facets.kind.indexOf(entry.kind) });
    }
  }
  // The sort is stable: among equals the newest year stays first.
  hits.sort((one, other) => one.order - other.order || one.kind - other.kind);
  const pages = new Map();
  for (const { entry } of hits) {
    if (!pages.has(entry.path)) {
      pages.set(entry.path, { ...entry, title: entry.name, excerpt: entry.code && `编码 ${entry.code}` });
    }
  }
  const chains = new Map();
  for (const page of pages.values()) {
    const key = page.chain || page.path;
    chains.set(key, [...(chains.get(key) ?? []), page]);
  }
  return [...chains.values()].flat();
}

/** The word that stands for a facet's value in the full text; see `_facet_words`. */
function facetWord(facet, value, facets) {
  const place = String(facets[facet].indexOf(value));
  return `"${facet}${place.replace(/\d/gu, (digit) => "abcdefghij"[digit])}"`;
}

/** The pages whose text holds every run of the query; each is loaded when it is shown. */
export async function searchFullText(query, chosen) {
  const needles = runs(query);
  if (!needles.length) {
    return [];
  }
  const { facets } = await loadedCatalogue();
  const conditions = FACETS.filter((facet) => chosen[facet]).map((facet) =>
    facetWord(facet, chosen[facet], facets),
  );
  const [first, ...others] = await searchAll([...needles.map(phrase), ...conditions]);
  const also = others.map((results) => new Set(results.map((result) => result.id)));
  return first
    .filter((result) => also.every((ids) => ids.has(result.id)))
    .map((result) => async () => fullTextResult(await result.data(), needles));
}

/** Pagefind's results for each of `terms`, all in the order of the index. */
async function searchAll(terms) {
  try {
    const engine = await loadedPagefind();
    const answers = terms.map((term) => engine.search(term, { sort: { order: "asc" } }));
    return (await Promise.all(answers)).map((answer) => answer.results);
  } catch (error) {
    pagefind = undefined;
    failures += 1;
    throw error;
  }
}

function fullTextResult({ url, meta, content }, needles) {
  return {
    path: url.replace(/^\//u, ""),
    title: meta.title ?? "",
    kind: meta.kind ?? "",
    year: meta.year ?? "",
    department: meta.department ?? "",
    chain: meta.chain ?? "",
    excerpt: excerpt(unspell(content), needles),
  };
}
