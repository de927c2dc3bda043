// What the kinds of pictures are drawn of: level bars under names, lines, and how wide words are.
/** Colours, type and its size in pixels; see charts.js. @typedef {{ink: string, line: string, paper: string, track: string, accent: string, accentSoft: string, note: string, size: number, font: string}} Look */

/** A bar under its name, with words beside it. @typedef {{name: string, start: number, value: number, words: string}} Bar */

/** @typedef {import("./pictures.js").Drawing} Drawing */

export const BAR = 14;

export const SILENT = { silent: true, animation: false, emphasis: { disabled: true } };
export const NO_AXIS = {
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
};

/**
 * Level bars, each under its name, so that names have room on a phone too.
 *
 * @type {(bars: Bar[]) => Pick<Drawing, "height" | "option">}
 */
export function namedBars(bars) {
  /** @type {(look: Look, width: number) => number} */
  const space = (look, width) => roomForNames(bars, look, width);
  return {
    height: (look, width) => bars.length * (space(look, width) + BAR + 4) + 8,
    option: (look, width) => {
      const range = rangeOf(bars, look, width);
      return {
        grid: { left: 1, right: 1, top: space(look, width) / 2 + 4, bottom: 0 },
        xAxis: { ...NO_AXIS, type: "value", ...range, axisLabel: { show: false } },
        yAxis: nameAxis(bars, look, width),
        series: [
          underBars(bars, look),
          {
            ...SILENT,
            type: "bar",
            stack: "bars",
            barWidth: BAR,
            data: bars.map((bar) => barOf(bar, range, look, width)),
            label: { ...written(look), show: true },
          },
        ],
      };
    },
  };
}

/**
 * The room above a bar for its name, in one line or two.
 *
 * @type {(bars: {name: string}[], look: Look, width: number) => number}
 */
export function roomForNames(bars, look, width) {
  const lines = bars.every(({ name }) => fits(name, look, width, 1)) ? 1 : 2;
  return Math.round(lines * look.size * 1.3 + 12);
}

/** Bars under one name that follow each other: their values, colours and words. @typedef {{name: string, words: string, parts: number[]}} Stack */

/**
 * Level stacks, each under its name and with its words behind the last part.
 *
 * @type {(stacks: Stack[], colours: (look: Look) => [colour: string, opacity: number][]) => Pick<Drawing, "height" | "option">}
 */
export function namedStacks(stacks, colours) {
  return {
    height: (look, width) => stacks.length * (roomForNames(stacks, look, width) + BAR + 4) + 8,
    option: (look, width) => {
      const ends = stacks.map(({ parts }) =>
        parts.reduce((sum, part) => sum + Math.max(part, 0), 0),
      );
      const begins = stacks.map(({ parts }) =>
        parts.reduce((sum, part) => sum + Math.min(part, 0), 0),
      );
      const low = Math.min(0, ...begins);
      const longest = Math.max(...stacks.map(({ words }) => widthOf(words, look) + 8));
      const share = Math.min(0.6, longest / width);
      const range = { min: low, max: low + (Math.max(1, ...ends) - low) / (1 - share) };
      return {
        grid: { left: 1, right: 1, top: roomForNames(stacks, look, width) / 2 + 4, bottom: 0 },
        xAxis: { ...NO_AXIS, type: "value", ...range, axisLabel: { show: false } },
        yAxis: nameAxis(stacks, look, width),
        series: [
          ...colours(look).map(([color, opacity], part) => ({
            ...SILENT,
            type: "bar",
            stack: "parts",
            barWidth: BAR,
            data: stacks.map(({ parts }) => parts[part] || (color === look.track ? "-" : 0)),
            itemStyle: { color, opacity, ...frameOf(color, look) },
          })),
          {
            ...SILENT,
            type: "bar",
            stack: "parts",
            data: stacks.map(({ words }) => ({ value: 0, label: { formatter: words } })),
            label: { ...written(look), show: true, position: "right" },
          },
        ],
      };
    },
  };
}

/** What is hardly darker than the paper has a frame, as in the key. @type {(colour: string, look: Look) => object} */
const frameOf = (colour, look) =>
  colour === look.track ? { borderColor: look.line, borderWidth: 1 } : {};

/**
 * Bars that do not begin at zero stand on invisible ones; all have a track that leads from the
 * name to the bar.
 *
 * @type {(bars: Bar[], look: Look) => object}
 */
function underBars(bars, look) {
  return {
    ...SILENT,
    type: "bar",
    stack: "bars",
    data: bars.map(({ start }) => start),
    itemStyle: { color: "transparent" },
    showBackground: true,
    backgroundStyle: { color: look.track },
  };
}

/** @typedef {{min: number, max: number}} Range The ends of an axis. */

/**
 * A bar with its words behind it, before it, or else in it: wherever there is room.
 *
 * @type {(bar: Bar, range: Range, look: Look, width: number) => object}
 */
function barOf({ start, value, words }, { min, max }, look, width) {
  const room = (widthOf(words, look) + 8) * ((max - min) / width);
  const isFull = start + value + room > max;
  /** @type {{position: string, color?: string}} */
  let label = { position: "right" };
  if (value < 0 || (isFull && start > room)) {
    label = { position: "left" };
  } else if (isFull && value > room) {
    label = { position: "insideRight", color: look.paper };
  }
  return {
    value,
    itemStyle: { color: value < 0 ? look.line : look.accent },
    label: { formatter: words, ...label },
  };
}

/**
 * The ends of the axis; where bars go both ways, with room for the words at either end.
 *
 * @type {(bars: Bar[], look: Look, width: number) => Range}
 */
function rangeOf(bars, look, width) {
  const ends = bars.map(({ start, value }) => start + value);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  if (low === 0) {
    return { min: 0, max: high };
  }
  const longest = Math.max(...bars.map(({ words }) => widthOf(words, look) + 8));
  const share = Math.min(0.4, longest / width);
  const room = ((high - low) * share) / (1 - 2 * share);
  return { min: low - room, max: high + room };
}

/** @type {(bars: {name: string}[], look: Look, width: number) => object} */
export function nameAxis(bars, look, width) {
  /** @param {string} name */
  const shortened = (name) => (fits(name, look, width, 2) ? name : cut(name, look, width));
  return {
    ...NO_AXIS,
    type: "category",
    inverse: true,
    data: bars.map(({ name }) => name),
    // At the left edge, not at zero.
    axisLine: { show: false, onZero: false },
    axisLabel: {
      ...written(look),
      interval: 0,
      inside: true,
      margin: 0,
      lineHeight: look.size * 1.3,
      verticalAlign: "bottom",
      padding: [0, 0, BAR / 2 + 3, 0],
      width: width - 2,
      overflow: "breakAll",
      formatter: shortened,
    },
    z: 3,
  };
}

/**
 * About how wide a text is drawn, in pixels: Latin letters and digits are narrower than Chinese.
 *
 * @type {(text: string, look: Look) => number}
 */
export function widthOf(text, look) {
  return [...text].reduce((ems, letter) => ems + (letter > "\u1fff" ? 1 : 0.6), 0) * look.size;
}

/** @type {(name: string, look: Look, width: number, lines: number) => boolean} */
function fits(name, look, width, lines) {
  return widthOf(name, look) <= lines * (width - look.size);
}

/** @type {(name: string, look: Look, width: number) => string} */
function cut(name, look, width) {
  return `${name.slice(0, Math.floor((2 * width) / look.size) - 4)}…`;
}

/** @param {Look} look */
export function written(look) {
  return { color: look.ink, fontSize: look.size, fontFamily: look.font };
}
