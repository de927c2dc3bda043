// Draws the picture in every figure[data-picture], from the numbers of the table on the same page
// that data-table names. ECharts is loaded when the first picture is about to be seen.
import { rowsOf } from "./cells.js";
import { PICTURES } from "./pictures.js";

const ECHARTS = new URL("../vendor/echarts-6.1.0/echarts.simple.min.js", import.meta.url);
// How far below the screen a picture is made ready, and how wide it is on paper (in pixels).
const NEAR = "400px";
const PAPER_WIDTH = 640;
const drawn = new Set();

// The place of a picture, kept free until it is drawn, so that nothing moves while reading.
function prepare(figure) {
  const table = document.getElementById(figure.dataset.table);
  const picture = PICTURES[figure.dataset.picture](rowsOf(table));
  if (picture === null) {
    return;
  }
  const canvas = document.createElement("div");
  canvas.className = "picture__canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${picture.caption}：${picture.alt}`);
  figure.append(canvas, captionOf(picture));
  figure.hidden = false;
  canvas.style.height = `${picture.height(lookOf(figure), canvas.clientWidth)}px`;
  table.classList.add("has-picture");
  near.observe(figure);
  pictures.set(figure, { table, canvas, picture });
}

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

async function drawSoon(figure) {
  const { table, canvas, picture } = pictures.get(figure);
  try {
    await import(ECHARTS);
  } catch {
    // The picture only repeats the table: without it nothing is missing.
    figure.remove();
    table.classList.remove("has-picture");
    return;
  }
  // Twice the pixels at least, for paper.
  const devicePixelRatio = Math.max(2, globalThis.devicePixelRatio);
  const chart = globalThis.echarts.init(canvas, null, { renderer: "canvas", devicePixelRatio });
  const view = { figure, chart, draw: (width) => draw(figure, canvas, chart, picture, width) };
  drawn.add(view);
  new ResizeObserver(() => view.draw()).observe(canvas);
  figure.dataset.drawn = "";
}

function draw(figure, canvas, chart, picture, width = canvas.clientWidth) {
  if (width === 0) {
    return;
  }
  const look = lookOf(figure);
  const height = picture.height(look, width);
  canvas.style.height = `${height}px`;
  chart.resize({ width, height, silent: true });
  chart.setOption({ animation: false, ...picture.option(look, width) }, true);
}

// Colours and type come from the style sheet, as they are where the picture stands.
function lookOf(figure) {
  const style = getComputedStyle(figure);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    ink: colour("--ink"),
    line: colour("--line-strong"),
    paper: colour("--paper"),
    track: colour("--paper-soft"),
    accent: colour("--accent"),
    accentSoft: colour("--accent-soft"),
    size: Number.parseFloat(style.fontSize),
    font: style.fontFamily,
  };
}

const pictures = new Map();
const near = new IntersectionObserver(
  (entries) => {
    for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
      near.unobserve(target);
      drawSoon(target);
    }
  },
  { rootMargin: NEAR },
);
document.querySelectorAll("figure[data-picture]").forEach(prepare);

// The palette's switch sets an attribute of the body.
new MutationObserver(() => drawn.forEach(({ draw: again }) => again())).observe(document.body, {
  attributeFilter: ["data-md-color-scheme"],
});

// Paper is white and as wide as it is, whatever the screen looks like.
addEventListener("beforeprint", () => {
  for (const { figure, draw: again } of drawn) {
    figure.dataset.mdColorScheme = "default";
    again(PAPER_WIDTH);
  }
});
addEventListener("afterprint", () => {
  for (const { figure, draw: again } of drawn) {
    delete figure.dataset.mdColorScheme;
    again();
  }
});
