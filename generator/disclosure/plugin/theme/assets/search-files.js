// Fetches the files of the index; their form is decided in generator/disclosure/search/part.py.

import { number } from "./search-text.js";

const root = new URL("../", import.meta.url);

/** @typedef {import("./search-text.js").Contract} Contract */
/** @typedef {import("./search-text.js").Mark} Mark */
/** @typedef {"kind" | "year" | "department"} Facet */

/**
 * A part of the index; see `about` in generator/disclosure/search/index_parts.py.
 *
 * @typedef {object} Part
 * @property {string} name Its folder.
 * @property {string} year
 * @property {number} files How many files hold its grams.
 * @property {[kind: string, count: number, pieces: number][]} pages
 * @property {Contract} contract How it was written.
 */

/** @typedef {{contract: Contract, facets: Record<Facet, string[]>, departments: string[], themes: [name: string, address: string][], parts: Part[]}} Index */

/** @typedef {{year: string, kind: string, address: string}} Other Another year of a project. */

/**
 * A piece of a page; see `IndexedPage` in generator/disclosure/search/pages.py.
 *
 * @typedef {object} Piece
 * @property {string} address
 * @property {string} title
 * @property {string} text
 * @property {string} kind
 * @property {string} year
 * @property {string} money The budget of a project, with its unit; or "".
 * @property {string} department
 * @property {[name: string, code: string][]} names
 * @property {Other[]} others
 */

/** What was asked for, by address; a failure is asked for again. @type {Map<string, Promise<any>>} */
const loading = new Map();

/** The address of a page of this site, from one relative to the site. @param {string} path */
export const address = (path) => new URL(path, root).href;

/** @type {(path: string, options?: RequestInit) => Promise<Response>} */
async function fetched(path, options) {
  const response = await fetch(new URL(path, root), options);
  if (!response.ok) {
    throw new Error(`${response.status} ${path}`);
  }
  return response;
}

/**
 * What `read` makes of a file; asked for once.
 *
 * @template Made
 * @param {string} path
 * @param {(path: string) => Promise<Made>} read
 * @returns {Promise<Made>}
 */
export function once(path, read) {
  let answer = loading.get(path);
  if (!answer) {
    answer = read(path);
    loading.set(path, answer);
    answer.catch(() => loading.delete(path));
  }
  return answer;
}

/**
 * A file that was compressed by the build; the browser may have undone that already.
 *
 * @type {(path: string, options?: RequestInit) => Promise<Response>}
 */
export const unpacked = async (path, options) =>
  unzipped(await (await fetched(path, options)).arrayBuffer());

/** @param {ArrayBuffer} buffer */
function unzipped(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return new Response(bytes);
  }
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter(); // much less work for the browser than to pipe a Blob through
  Promise.all([writer.write(bytes), writer.close()]).catch(() => {}); // the reader hears of it, too
  return new Response(readable);
}

/**
 * What there is to search. Its own name never changes, so the server is always asked.
 *
 * @returns {Promise<Index>}
 */
export const loadedIndex = () => once("search/index.json", readIndex);

/** @type {(path: string) => Promise<Index>} */
async function readIndex(path) {
  const index = await (await fetched(path, { cache: "no-cache" })).json();
  for (const part of index.parts) {
    part.contract = index.contract;
  }
  return index;
}

/**
 * What is needed to find what was meant by a query that is nowhere.
 *
 * @returns {Promise<import("./search-words.js").Dictionary>}
 */
export const loadedWords = () =>
  once("search/words.list", async (path) => (await unpacked(path, { cache: "no-cache" })).json());

/** Forgets the index, because a part that it names is gone: the site has been rebuilt. */
export const forgetIndex = () => loading.delete("search/index.json");

/** @type {(part: Part, gram: string) => string} */
const fileOf = (part, gram) => `search/${part.name}/${number(gram) % part.files}.grams`;

/**
 * Whether a gram was asked for already, so that it costs nothing.
 *
 * @type {(part: Part, gram: string) => boolean}
 */
export const isThere = (part, gram) => loading.has(fileOf(part, gram));

/**
 * The places in a part of the pages that hold a gram, or a marked gram of their names.
 *
 * @param {Part} part
 * @param {string} gram
 * @param {Mark} [mark]
 */
export async function places(part, gram, mark) {
  const path = fileOf(part, gram);
  const lists = await once(path, async () => readLists(await (await unpacked(path)).arrayBuffer()));
  const list = lists.get(mark ? part.contract.marks[mark] + gram : gram);
  return list ? list.read(list.bytes) : [];
}

/** @typedef {{read: (bytes: Uint8Array) => number[], bytes: Uint8Array}} List Places, still packed. */

/** The lists of a file by their grams. @type {(buffer: ArrayBuffer) => Map<string, List>} */
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

/**
 * The places of the bits that are set, the lowest bit of the first byte being place 0.
 *
 * @param {Uint8Array} bytes
 */
function readBits(bytes) {
  const found = [];
  for (let place = 0; place < 8 * bytes.length; place += 1) {
    if ((bytes[place >> 3] >> (place & 7)) & 1) {
      found.push(place);
    }
  }
  return found;
}

/** The places between which so many others lie. @param {Uint8Array} bytes */
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

/**
 * A number of seven bits a byte, the lowest first, and where it ends.
 *
 * @type {(bytes: Uint8Array, start: number) => [value: number, end: number]}
 */
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

/**
 * A page of a part, and where its text is; see `TextPlace` in generator/disclosure/search/pages.py.
 *
 * @typedef {[address: string, chain: string, file: string, start: number, ...sizes: number[]]} Row
 */

/** @type {(part: Part, page: number) => Promise<Row>} */
export async function rowAt(part, page) {
  const { block } = part.contract;
  const path = `search/${part.name}/${Math.floor(page / block)}.pages`;
  const rows = await once(path, async () => (await unpacked(path)).json());
  return rows[page % block];
}

/**
 * A piece of a page: its text, what the page is filed under, its names with the first piece.
 *
 * @type {(row: Row, piece: number) => Promise<Piece>}
 */
export function pieceOf([, , file, first, ...sizes], piece) {
  const start = sizes.slice(0, piece).reduce((sum, size) => sum + size, first);
  const end = start + sizes[piece];
  const path = `search/text/${file.split("/").map(encodeURIComponent).join("/")}`;
  return once(`${path} ${start}`, async () => unzipped(await bytesOf(path, start, end)).json());
}

/** What came of a file: the part that was asked for, or all of it. @typedef {{start: number, bytes: ArrayBuffer, isPart: boolean}} Answer */

/** Whether the server sends parts of files, as most do. */
let sendsParts = false;

/**
 * Some bytes of a file. Until it is known that the server sends parts, the pieces of a file wait for
 * the first of them: it may come with all others.
 *
 * @type {(path: string, start: number, end: number) => Promise<ArrayBuffer>}
 */
async function bytesOf(path, start, end) {
  const ask = () => answerOf(path, start, end);
  const first = await (sendsParts ? ask() : once(path, ask));
  const { bytes, isPart } = first.isPart && first.start !== start ? await ask() : first;
  return isPart ? bytes : bytes.slice(start, end);
}

/** @type {(path: string, start: number, end: number) => Promise<Answer>} */
async function answerOf(path, start, end) {
  const response = await fetched(path, { headers: { Range: `bytes=${start}-${end - 1}` } });
  const bytes = await response.arrayBuffer();
  if (response.status === 206 && bytes.byteLength === end - start) {
    sendsParts = true;
    return { start, bytes, isPart: true };
  }
  // Not every server sends parts of a file, or just the part that was asked for.
  const whole = response.status === 206 ? await (await fetched(path)).arrayBuffer() : bytes;
  return { start: 0, bytes: whole, isPart: false };
}
