// Fetches the files of the index; their form is decided in generator/disclosure/search/part.py.

import { number } from "./search-text.js";

const root = new URL("../", import.meta.url);
const BLOCK = 64; // how many pages stand in one file of addresses

const loading = new Map(); // what was asked for, by address; a failure is asked for again

/** The address of a page of this site, from one relative to the site. */
export const address = (path) => new URL(path, root).href;

async function fetched(path, options) {
  const response = await fetch(new URL(path, root), options);
  if (!response.ok) {
    throw new Error(`${response.status} ${path}`);
  }
  return response;
}

/** What `read` makes of a file; asked for once. */
function once(path, read) {
  if (!loading.has(path)) {
    const answer = read(path);
    loading.set(path, answer);
    answer.catch(() => loading.delete(path));
  }
  return loading.get(path);
}

/** A file that was compressed by the build; the browser may have undone that already. */
async function unpacked(path) {
  const bytes = new Uint8Array(await (await fetched(path)).arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return new Response(bytes);
  }
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter(); // much less work for the browser than to pipe a Blob through
  Promise.all([writer.write(bytes), writer.close()]).catch(() => {}); // the reader hears of it, too
  return new Response(readable);
}

/** {facets, departments, parts}. Its own name never changes, so the server is always asked. */
export const loadedIndex = () =>
  once("search/index.json", async (path) => (await fetched(path, { cache: "no-cache" })).json());

/** Forgets the index, because a part that it names is gone: the site has been built anew. */
export const forgetIndex = () => loading.delete("search/index.json");

const fileOf = (part, gram) => `search/${part.name}/${number(gram) % part.files}.grams`;

/** Whether a gram was asked for already, so that it costs nothing. */
export const isThere = (part, gram) => loading.has(fileOf(part, gram));

/** The places in a part of the pages that hold a gram, or a marked gram of their names. */
export async function places(part, gram, mark = "") {
  const path = fileOf(part, gram);
  const lists = await once(path, async () => readLists(await (await unpacked(path)).arrayBuffer()));
  const list = lists.get(mark + gram);
  return list ? list.read(list.bytes) : [];
}

/** The lists of a file by their grams, still packed. */
function readLists(buffer) {
  const bytes = new Uint8Array(buffer);
  const decoder = new TextDecoder();
  const lists = new Map();
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(0, at);
    const gram = decoder.decode(bytes.subarray(at, end));
    const [size, start] = readNumber(bytes, end + 1);
    at = start + (size >> 1);
    lists.set(gram, {
      read: size % 2 ? readBits : readDistances,
      bytes: bytes.subarray(start, at),
    });
  }
  return lists;
}

/** The places of the bits that are set, the lowest bit of the first byte being place 0. */
function readBits(bytes) {
  const found = [];
  for (let place = 0; place < 8 * bytes.length; place += 1) {
    if ((bytes[place >> 3] >> (place & 7)) & 1) {
      found.push(place);
    }
  }
  return found;
}

/** The places between which so many others lie. */
function readDistances(bytes) {
  const found = [];
  let place = -1;
  let at = 0;
  while (at < bytes.length) {
    let between;
    [between, at] = readNumber(bytes, at);
    place += between + 1;
    found.push(place);
  }
  return found;
}

/** A number of seven bits a byte, the lowest first, and where it ends. */
function readNumber(bytes, start) {
  let value = 0;
  let at = start;
  for (let factor = 1; ; factor *= 0x80) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      return [value, at];
    }
  }
}

/** [address, chain] of a page of a part; see `Entry` in generator/disclosure/search/pages.py. */
export async function rowAt(part, page) {
  const path = `search/${part.name}/${Math.floor(page / BLOCK)}.pages`;
  const rows = await once(path, async () => (await unpacked(path)).json());
  return rows[page % BLOCK];
}

/** A piece of a page: its text, what the page is filed under, its names with the first piece. */
export function pieceOf(pageAddress, piece) {
  const name = (pageAddress.replace(/\/$/u, "") || "index")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  const path = `search/text/${name}.${piece ? `${piece}.piece` : "page"}`;
  return once(path, async () => (await unpacked(path)).json());
}
