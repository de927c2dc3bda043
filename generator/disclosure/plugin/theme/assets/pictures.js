// What each kind of picture shows, made from the rows of its table: nothing here is drawn.
// Every picture is a `Drawing`, or null where there is too little to show.
// Numbers stand beside their marks as they stand in the table: no tooltips to be found first.
import { numberIn } from "./cells.js";

/** @typedef {import("./cells.js").Row} Row */

/** Colours, type and its size in pixels; see charts.js. @typedef {{ink: string, line: string, paper: string, track: string, accent: string, accentSoft: string, size: number, font: string}} Look */

/**
 * @typedef {object} Drawing A picture; widths and heights are in pixels.
 * @property {string} caption
 * @property {[key: string, label: string][]} keys
 * @property {string} alt
 * @property {(look: Look, width: number) => number} height
 * @property {(look: Look, width: number) => object} option What ECharts is told.
 */

/** A bar under its name, with words beside it. @typedef {{name: string, start: number, value: number, words: string}} Bar */

/** @typedef {keyof typeof PICTURES} Kind */

const MOST_MOVEMENTS = 10;
const MOST_PARTS = 8;
const BAR = 14;

const SILENT = { silent: true, animation: false, emphasis: { disabled: true } };
const NO_AXIS = {
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
};

/**
 * A project's budget through the years as a line, what was spent of it as bars behind.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function history(table) {
  const years = table
    .filter(({ budget }) => !Number.isNaN(numberIn(budget)))
    .sort((a, b) => numberIn(a.year) - numberIn(b.year));
  if (years.length < 2) {
    return null;
  }
  const isSpent = years.some(({ spent }) => spent !== "");
  return {
    caption: "历年预算数（万元）",
    keys: isSpent
      ? [
          ["budget", "预算数"],
          ["spent", "全年执行数"],
        ]
      : [],
    alt: years
      .map(({ year, budget, spent }) => `${year}预算${budget}万元${spent && `，执行${spent}万元`}`)
      .join("；"),
    ...lineOverBars(years.map(({ year, budget, spent }) => ({ year, line: budget, bar: spent }))),
  };
}

/**
 * What an indicator promised through the years as a line, what was delivered as bars behind. A year
 * without a number stays empty.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function indicator(table) {
  if (table.filter(({ target }) => !Number.isNaN(numberIn(target))).length < 2) {
    return null;
  }
  const isDelivered = table.some(({ actual }) => actual !== "");
  return {
    caption: "历年指标值",
    keys: isDelivered
      ? [
          ["budget", "指标值"],
          ["spent", "实际完成值"],
        ]
      : [],
    alt: table
      .filter(({ target, actual }) => target || actual)
      .map(({ year, target, actual }) =>
        [year, target && `目标${target}`, actual && `实际${actual}`].filter(Boolean).join("，"),
      )
      .join("；"),
    ...lineOverBars(table.map(({ year, target, actual }) => ({ year, line: target, bar: actual }))),
  };
}

/** What one year has: texts that begin with a number, or "". @typedef {{year: string, line: string, bar: string}} YearOfBoth */

/** @type {(years: YearOfBoth[]) => Pick<Drawing, "height" | "option">} */
function lineOverBars(years) {
  return {
    height: () => 240,
    option: (look) => ({
      grid: { left: 12, right: 12, top: 32, bottom: 26 },
      xAxis: {
        ...NO_AXIS,
        type: "category",
        data: years.map(({ year }) => year),
        axisLine: { show: true, lineStyle: { color: look.line } },
        axisLabel: written(look),
      },
      yAxis: { type: "value", axisLabel: { show: false }, ...NO_AXIS },
      series: [
        {
          ...SILENT,
          type: "bar",
          data: years.map(({ bar }) => numberIn(bar)),
          barMaxWidth: 56,
          itemStyle: { color: look.accentSoft, borderColor: look.accent, borderWidth: 1 },
        },
        {
          ...SILENT,
          type: "line",
          data: years.map(({ line }) => ({ value: numberIn(line), label: { formatter: line } })),
          symbol: "circle",
          symbolSize: 8,
          lineStyle: { color: look.accent, width: 2 },
          itemStyle: { color: look.accent },
          label: { ...written(look), show: true, position: "top", distance: 8 },
        },
      ],
    }),
  };
}

/**
 * The largest increases and decreases, each under its name.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function movements(table) {
  const moved = table
    .filter(({ change }) => numberIn(change))
    .sort((a, b) => Math.abs(numberIn(b.change)) - Math.abs(numberIn(a.change)));
  if (moved.length < 2) {
    return null;
  }
  const bars = moved.slice(0, MOST_MOVEMENTS).map(({ name, change, fate = "延续" }) => ({
    name,
    start: 0,
    value: numberIn(change),
    words: fate === "延续" ? change : `${change}　${fate}`,
  }));
  const rest = moved.length - bars.length;
  return {
    caption: rest
      ? `预算数增减最大的${bars.length}项（万元），另有${rest}项见表`
      : "预算数的增减（万元）",
    keys: [
      ["up", "增加"],
      ["down", "减少"],
    ],
    alt: bars.map(({ name, words }) => `${name}${words}`).join("；"),
    ...namedBars(bars),
  };
}

/**
 * How a department's budget is made up of its projects, the largest first: each bar begins where
 * the one before it ends, so that together they are the whole.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function composition(table) {
  const parts = table
    .filter(({ budget }) => numberIn(budget) > 0)
    .sort((a, b) => numberIn(b.budget) - numberIn(a.budget));
  if (parts.length < 2) {
    return null;
  }
  const kept = parts.length > MOST_PARTS ? parts.slice(0, MOST_PARTS - 1) : parts;
  const whole = parts.reduce((sum, { budget }) => sum + numberIn(budget), 0);
  const bars = [];
  let start = 0;
  for (const { name, budget, share } of kept) {
    bars.push({ name, start, value: numberIn(budget), words: `${budget}　${share}` });
    start += numberIn(budget);
  }
  const rest = parts.length - kept.length;
  if (rest) {
    const value = whole - start;
    const share = ((value / whole) * 100).toFixed(1);
    bars.push({ name: `其余${rest}个项目`, start, value, words: `${grouped(value)}　${share}%` });
  }
  return {
    caption: "预算数合计由各项目组成（万元，占合计）",
    keys: [],
    alt: bars.map(({ name, words }) => `${name}${words}`).join("；"),
    ...namedBars(bars),
  };
}

/**
 * Level bars, each under its name, so that names have room on a phone too.
 *
 * @type {(bars: Bar[]) => Pick<Drawing, "height" | "option">}
 */
function namedBars(bars) {
  /** @type {(look: Look, width: number) => number} */
  const lines = (look, width) => (bars.every(({ name }) => fits(name, look, width, 1)) ? 1 : 2);
  /** @type {(look: Look, width: number) => number} */
  const space = (look, width) => Math.round(lines(look, width) * look.size * 1.3 + 12);
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

/** @type {(bars: Bar[], look: Look, width: number) => object} */
function nameAxis(bars, look, width) {
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
function widthOf(text, look) {
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

/** An amount as the tables print it: `2,040.00`. @param {number} amount */
const grouped = (amount) => amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",");

/** @param {Look} look */
function written(look) {
  return { color: look.ink, fontSize: look.size, fontFamily: look.font };
}

export const PICTURES = { history, indicator, movements, composition };
