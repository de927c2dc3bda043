// Draws the picture in every figure[data-picture], from the numbers of the table on the same page
// that data-table names. A worker draws it when it is about to be seen; here it is only shown.
import { rowsOf } from "./cells.js";
import { PICTURES } from "./pictures.js";

/** @typedef {import("./cells.js").Row} Row */
/** @typedef {import("./pictures.js").Kind} Kind */
/** @typedef {import("./pictures.js").Look} Look */
/** @typedef {import("./pictures.js").Drawing} Drawing */
/** @typedef {"screen" | "paper"} Use */

/** An image that is asked for. @typedef {{index: number, use: Use, kind: Kind, rows: Row[], look: Look, width: number, height: number, devicePixelRatio: number}} Order */

/** An image that was drawn. @typedef {{index: number, use: Use, image: ImageBitmap, width: number, height: number}} Drawn */

/**
 * @typedef {object} Picture
 * @property {HTMLElement} figure
 * @property {Row[]} rows
 * @property {Drawing} made
 * @property {HTMLElement} place
 * @property {HTMLCanvasElement | null} canvas
 * @property {number} width
 * @property {boolean} isOrdered
 * @property {Drawn} [screen]
 * @property {Drawn} [paper]
 */

const DRAWING = new URL("drawing.js", import.meta.url);
// How far below the screen a picture is made ready, and how wide it is on paper (in pixels).
const NEAR = "400px";
const PAPER_WIDTH = 640;
// Printing does not wait: all pictures are ready some time after the page is (in ms). On a narrow
// screen, from which people print less, who only looks at the page should not pay for them.
const PATIENCE = matchMedia("(min-width: 45em)").matches ? 2_000 : 10_000;
/** Each with the images that are there: one for the screen, one for paper. @type {Picture[]} */
const pictures = [];
/** @type {Worker | null} */
let worker = null;

/** @param {HTMLElement} figure */
const kindOf = (figure) => /** @type {Kind} */ (figure.dataset.picture);

/**
 * The place of a picture, kept free until it is drawn, so that nothing moves while reading.
 *
 * @param {HTMLElement} figure
 */
function prepare(figure) {
  const table = /** @type {HTMLTableElement} */ (
    document.getElementById(figure.dataset.table ?? "")
  );
  const rows = rowsOf(table);
  const made = PICTURES[kindOf(figure)](rows);
  if (made === null) {
    return;
  }
  const place = document.createElement("div");
  place.className = "picture__canvas";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", `${made.caption}：${made.alt}`);
  figure.append(place, captionOf(made));
  figure.hidden = false;
  place.style.height = `${made.height(lookOf(figure), place.clientWidth)}px`;
  near.observe(figure);
  pictures.push({ figure, rows, made, place, canvas: null, width: 0, isOrdered: false });
}

/** @param {Drawing} picture */
function captionOf(picture) {
  const caption = document.createElement("figcaption");
  caption.textContent = picture.caption;
  for (const [key, label] of picture.keys) {
    const item = document.createElement("span");
    item.className = `picture__key picture__key-${key}`;
    item.textContent = label;
    caption.append(item);
  }
  return caption;
}

/**
 * The picture as it comes near: for the screen at once, and for paper, because printing does not
 * wait. The worker and ECharts are loaded with the first.
 *
 * @param {Picture} picture
 */
function order(picture) {
  const { figure, place } = picture;
  orderForScreen(picture);
  figure.dataset.mdColorScheme = "default";
  ask(picture, "paper", PAPER_WIDTH);
  delete figure.dataset.mdColorScheme;
  new ResizeObserver(() => {
    if (place.clientWidth !== picture.width) {
      orderForScreen(picture);
    }
  }).observe(place);
}

/** @param {Picture} picture */
function orderForScreen(picture) {
  picture.width = picture.place.clientWidth;
  if (picture.width > 0) {
    ask(picture, "screen", picture.width);
  }
}

/** @type {(picture: Picture, use: Use, width: number) => void} */
function ask(picture, use, width) {
  const { figure, rows, made } = picture;
  const look = lookOf(figure);
  worker ??= startWorker();
  /** @type {Order} */
  const message = {
    index: pictures.indexOf(picture),
    use,
    kind: kindOf(figure),
    rows,
    look,
    width,
    height: made.height(look, width),
    // Twice the pixels at least, for paper.
    devicePixelRatio: Math.max(2, globalThis.devicePixelRatio),
  };
  worker.postMessage(message);
}

function startWorker() {
  const started = new Worker(DRAWING, { type: "module" });
  started.addEventListener("message", ({ data }) => receive(pictures[data.index], data));
  started.addEventListener("error", giveUp);
  return started;
}

/**
 * Answers come in the order of the questions, so the last one is right.
 *
 * @type {(picture: Picture, image: Drawn) => void}
 */
function receive(picture, image) {
  picture[image.use] = image;
  if (image.use === "screen") {
    show(picture, image);
  }
  if (picture.screen && picture.paper) {
    picture.figure.dataset.drawn = "";
  }
}

/** @type {(picture: Picture, image: Drawn) => void} */
function show(picture, { image, width, height }) {
  if (picture.canvas === null) {
    picture.canvas = document.createElement("canvas");
    picture.place.append(picture.canvas);
  }
  const { canvas, place } = picture;
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  place.style.height = `${height}px`;
  canvas.getContext("2d")?.drawImage(image, 0, 0);
}

/** The pictures only repeat the tables: without them nothing is missing. @param {Event} event */
function giveUp(event) {
  event.preventDefault();
  worker?.terminate();
  near.disconnect();
  for (const { figure } of pictures.splice(0)) {
    figure.remove();
  }
}

/**
 * Colours and type come from the style sheet, as they are where the picture stands.
 *
 * @param {HTMLElement} figure
 * @returns {Look}
 */
function lookOf(figure) {
  const style = getComputedStyle(figure);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    ink: colour("--ink"),
    line: colour("--line-strong"),
    paper: colour("--paper"),
    track: colour("--paper-soft"),
    accent: colour("--accent"),
    accentSoft: colour("--accent-soft"),
    note: colour("--note"),
    size: Number.parseFloat(style.fontSize),
    font: style.fontFamily,
  };
}

const near = new IntersectionObserver(
  (entries) => {
    const seen = entries.filter(({ isIntersecting }) => isIntersecting);
    orderOnce(pictures.filter(({ figure }) => seen.some(({ target }) => target === figure)));
  },
  { rootMargin: NEAR },
);

/** @param {Picture[]} some */
function orderOnce(some) {
  for (const picture of some.filter((one) => !one.isOrdered)) {
    picture.isOrdered = true;
    near.unobserve(picture.figure);
    order(picture);
  }
}

// Where a browser cannot draw in a worker, the tables say it all.
if ("OffscreenCanvas" in globalThis) {
  for (const figure of document.querySelectorAll("figure[data-picture]")) {
    prepare(/** @type {HTMLElement} */ (figure));
  }
}

// The palette's switch sets an attribute of the body.
new MutationObserver(() => pictures.filter(({ screen }) => screen).forEach(orderForScreen)).observe(
  document.body,
  { attributeFilter: ["data-md-color-scheme"] },
);

/** Paper is white and as wide as it is, whatever the screen looks like. @param {Use} use */
function showAll(use) {
  for (const picture of pictures.filter(({ screen, paper }) => screen && paper)) {
    show(picture, /** @type {Drawn} */ (picture[use]));
  }
}
addEventListener("load", () => setTimeout(() => orderOnce(pictures), PATIENCE));
addEventListener("beforeprint", () => showAll("paper"));
addEventListener("afterprint", () => showAll("screen"));
