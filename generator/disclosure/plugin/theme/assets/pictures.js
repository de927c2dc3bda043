// What each kind of picture shows, made from the rows of its table: nothing here is drawn.
// Every picture is a `Drawing`, or null where there is too little to show.
// Numbers stand beside their marks as they stand in the table: no tooltips to be found first.
import { numberIn } from "./cells.js";

/** @typedef {import("./cells.js").Row} Row */

/** Colours, type and its size in pixels; see charts.js. @typedef {{ink: string, line: string, paper: string, track: string, accent: string, accentSoft: string, note: string, size: number, font: string}} Look */

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
const MOST_YEARS = 4;
const MOST_ACHIEVED = 200;
const BAR = 14;
const YEAR_BAR = 18;

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
function roomForNames(bars, look, width) {
  const lines = bars.every(({ name }) => fits(name, look, width, 1)) ? 1 : 2;
  return Math.round(lines * look.size * 1.3 + 12);
}

/** Bars under one name that follow each other: their values, colours and words. @typedef {{name: string, words: string, parts: number[]}} Stack */

/**
 * Level stacks, each under its name and with its words behind the last part.
 *
 * @type {(stacks: Stack[], colours: (look: Look) => [colour: string, opacity: number][]) => Pick<Drawing, "height" | "option">}
 */
function namedStacks(stacks, colours) {
  return {
    height: (look, width) => stacks.length * (roomForNames(stacks, look, width) + BAR + 4) + 8,
    option: (look, width) => {
      const ends = stacks.map(({ parts }) => parts.reduce((sum, part) => sum + Math.max(part, 0)));
      const low = Math.min(0, ...stacks.map(({ parts }) => Math.min(0, ...parts)));
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
            data: stacks.map(({ parts }) => parts[part]),
            itemStyle: { color, opacity },
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

/**
 * How many targets each department met, and by how far it missed the others.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function outcomes(table) {
  const columns = ["met", "near", "middle", "far", "differs", "unknown"];
  const judged = table.filter((row) => columns.some((column) => numberIn(row[column]) > 0));
  if (judged.length < 2) {
    return null;
  }
  const stacks = judged.map((row) => ({
    name: row.name,
    words: `已达到${row.met}　未达到${row.missed}`,
    parts: columns.map((column) => numberIn(row[column]) || 0),
  }));
  return {
    caption: "各部门已达到和未达到的指标（项），未达到的颜色越深，离目标越远",
    keys: [
      ["up", "已达到"],
      ["missed", "未达到"],
      ["down", "有差异"],
      ["unknown", "无法判断"],
    ],
    alt: stacks.map(({ name, words }) => `${name}${words}`).join("；"),
    ...namedStacks(stacks, (look) => [
      [look.accent, 1],
      [look.note, 0.4],
      [look.note, 0.7],
      [look.note, 1],
      [look.line, 1],
      [look.track, 1],
    ]),
  };
}

/**
 * How many targets were raised, to the right, and lowered, to the left.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function directions(table) {
  const moved = table.filter(({ raised, lowered, lower }) =>
    [raised, lowered, lower].some((number) => numberIn(number) > 0),
  );
  if (moved.length < 2) {
    return null;
  }
  const stacks = moved.map(({ name, raised, lowered, lower }) => ({
    name,
    words: `提高${raised}　降低${lowered}${numberIn(lower) ? `　数值减少${lower}` : ""}`,
    parts: [-numberIn(lowered), -numberIn(lower), numberIn(raised)],
  }));
  return {
    caption: "要求提高（向右）和降低（向左）的指标（项）",
    keys: [
      ["up", "要求提高"],
      ["missed", "要求降低"],
      ["down", "数值减少"],
    ],
    alt: stacks.map(({ name, words }) => `${name}${words}`).join("；"),
    ...namedStacks(stacks, (look) => [
      [look.note, 1],
      [look.line, 1],
      [look.accent, 1],
    ]),
  };
}

/**
 * What was delivered, in percent of each target: the frame is the target, the bar in it the actual
 * value, which may go beyond.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function achieved(table) {
  const drawn = table.filter((row) => !Number.isNaN(numberIn(row.achieved)));
  if (drawn.length < 2) {
    return null;
  }
  const values = drawn.map((row) => numberIn(row.achieved));
  const bars = drawn.map(({ name, target, actual }) => ({
    name,
    words: `目标${target}，实际${actual}`,
  }));
  /** @param {Row} row */
  const isMissed = (row) => row.achieved.endsWith("not-met");
  return {
    caption: "实际完成值与指标值：框是指标值，条是实际完成值",
    keys: [
      ["spent", "指标值"],
      ["up", "实际完成值"],
      ["missed", "未达到"],
    ],
    alt: drawn
      .map((row, at) => `${row.name}，${bars[at].words}${isMissed(row) ? "，未达到" : ""}`)
      .join("；"),
    height: (look, width) => bars.length * (roomForNames(bars, look, width) + BAR + 4) + 8,
    option: (look, width) => {
      const longest = Math.max(...bars.map(({ words }) => widthOf(words, look) + 8));
      // What went far beyond its target ends at the edge: the words say how far it went.
      const end = Math.min(MOST_ACHIEVED, Math.max(100, ...values));
      const max = end / (1 - Math.min(0.6, longest / width));
      return {
        grid: { left: 1, right: 1, top: roomForNames(bars, look, width) / 2 + 4, bottom: 0 },
        xAxis: { ...NO_AXIS, type: "value", min: 0, max, axisLabel: { show: false } },
        yAxis: nameAxis(bars, look, width),
        series: [
          {
            ...SILENT,
            type: "bar",
            barWidth: BAR,
            barGap: "-75%",
            data: bars.map(() => 100),
            itemStyle: { color: look.accentSoft, borderColor: look.accent, borderWidth: 1 },
          },
          {
            ...SILENT,
            type: "bar",
            barWidth: BAR / 2,
            data: drawn.map((row, at) => ({
              value: Math.min(end, Math.max(0, values[at])),
              itemStyle: { color: isMissed(row) ? look.note : look.accent },
            })),
          },
          {
            ...SILENT,
            type: "bar",
            barWidth: 1,
            barGap: "-75%",
            data: bars.map(({ words }, at) => ({
              value: Math.min(end, Math.max(100, values[at])),
              label: { formatter: words },
            })),
            itemStyle: { color: "transparent" },
            label: { ...written(look), show: true, position: "right" },
          },
        ],
      };
    },
  };
}

/**
 * The money of each department through the years, the newest year darkest; the largest first.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function money(table) {
  const years = Object.keys(table[0] ?? {})
    .filter((column) => column !== "name")
    .slice(0, MOST_YEARS);
  /** @type {(row: Row) => number} */
  const newest = (row) => numberIn(row[years.find((year) => numberIn(row[year]) > 0) ?? ""] ?? "");
  const found = table.filter((row) => newest(row) > 0).sort((a, b) => newest(b) - newest(a));
  const numbers = found.flatMap((row) => years.map((year) => numberIn(row[year])));
  if (numbers.filter((number) => number > 0).length < 2) {
    return null;
  }
  const shown = found.slice(0, MOST_MOVEMENTS);
  const names = shown.map(({ name }) => ({ name }));
  const rest = found.length - shown.length;
  const most = Math.max(...numbers.filter((number) => number > 0));
  /** @type {(row: Row, year: string) => string} */
  const words = (row, year) => (numberIn(row[year]) > 0 ? `${year}　${row[year]}` : "");
  /** @type {(look: Look, width: number) => number} */
  const block = (look, width) => roomForNames(names, look, width) + years.length * YEAR_BAR + 8;
  return {
    caption: `各部门各年度项目预算数合计（万元）${rest ? `，另有${rest}个部门见表` : ""}`,
    keys: [],
    alt: shown
      .map(
        (row) =>
          `${row.name}：${years
            .map((year) => words(row, year))
            .filter(Boolean)
            .join("，")}`,
      )
      .join("；"),
    height: (look, width) => shown.length * block(look, width) + 8,
    option: (look, width) => {
      const longest = Math.max(
        ...found.flatMap((row) => years.map((y) => widthOf(words(row, y), look))),
      );
      const max = most / (1 - Math.min(0.5, (longest + 8) / width));
      const bars = years.length * YEAR_BAR;
      const above = roomForNames(names, look, width);
      const axis = /** @type {{axisLabel: object}} */ (nameAxis(names, look, width));
      return {
        grid: { left: 1, right: 1, top: above / 2 + 4, bottom: 0 },
        xAxis: { ...NO_AXIS, type: "value", min: 0, max, axisLabel: { show: false } },
        yAxis: { ...axis, axisLabel: { ...axis.axisLabel, padding: [0, 0, bars / 2 + 3, 0] } },
        series: years.map((year, at) => ({
          ...SILENT,
          type: "bar",
          barWidth: YEAR_BAR - 4,
          barGap: `${400 / (YEAR_BAR - 4)}%`,
          data: shown.map((row) => ({
            value: numberIn(row[year]) || 0,
            label: { formatter: words(row, year) },
          })),
          itemStyle: {
            color: look.accent,
            opacity: 1 - (0.7 * at) / Math.max(1, years.length - 1),
          },
          label: { ...written(look), show: true, position: "right" },
        })),
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

/** @type {(bars: {name: string}[], look: Look, width: number) => object} */
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

export const PICTURES = {
  history,
  indicator,
  movements,
  composition,
  money,
  achieved,
  outcomes,
  directions,
};
