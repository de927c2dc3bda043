// What each kind of picture shows, made from the rows of its table: nothing here is drawn.
// Every picture is a `Drawing`, or null where there is too little to show.
// Numbers stand beside their marks as they stand in the table: no tooltips to be found first.
import {
  BAR,
  NO_AXIS,
  SILENT,
  nameAxis,
  namedBars,
  namedStacks,
  roomForNames,
  widthOf,
  written,
} from "./bars.js";
import { numberIn } from "./cells.js";

/** @typedef {import("./cells.js").Row} Row */
/** @typedef {import("./bars.js").Look} Look */

/**
 * @typedef {object} Drawing A picture; widths and heights are in pixels.
 * @property {string} caption
 * @property {[key: string, label: string][]} keys
 * @property {string} alt
 * @property {(look: Look, width: number) => number} height
 * @property {(look: Look, width: number) => object} option What ECharts is told.
 */

/** @typedef {keyof typeof PICTURES} Kind */

const MAX_MOVEMENTS = 10;
const MAX_PARTS = 8;
const MAX_YEARS = 4;
const MAX_ACHIEVED = 200;
const YEAR_BAR = 18;
// How much of a picture of what was achieved its words may take.
const MAX_WORDS = 0.75;

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
 * without a number stays empty, unless it is before the first or behind the last that has one.
 *
 * @type {(table: Row[]) => Drawing | null}
 */
function indicator(all) {
  const table = drawnYears(all);
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

/** @param {Row[]} table */
function drawnYears(table) {
  /** @param {Row} row */
  const isDrawn = ({ target, actual }) => target !== "" || actual !== "";
  return table.slice(table.findIndex(isDrawn), table.findLastIndex(isDrawn) + 1);
}

/** What one year has: texts that begin with a number, or "". @typedef {{year: string, line: string, bar: string}} YearOfBoth */

/** @type {(years: YearOfBoth[]) => Pick<Drawing, "height" | "option">} */
function lineOverBars(years) {
  return {
    height: () => 240,
    option: (look, width) => {
      const [top, words] = wordsOver(
        years.map(({ line }) => line),
        look,
        width,
      );
      return lineOption(years, words, top, look);
    },
  };
}

/**
 * What stands over the points, and how much room it takes: where values with their units would
 * touch each other, units stand below the numbers.
 *
 * @type {(values: string[], look: Look, width: number) => [top: number, words: string[]]}
 */
function wordsOver(values, look, width) {
  const room = (width - 24) / values.length - look.size / 2;
  return values.every((value) => widthOf(value, look) <= room)
    ? [32, values]
    : [48, values.map((value) => value.replace(/^([^\d]*[\d,.]+)(?=[^\d,.])/, "$1\n"))];
}

/** @type {(years: YearOfBoth[], words: string[], top: number, look: Look) => object} */
function lineOption(years, words, top, look) {
  return {
    grid: { left: 12, right: 12, top, bottom: 26 },
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
        data: years.map(({ line }, at) => ({
          value: numberIn(line),
          label: { formatter: words[at] },
        })),
        symbol: "circle",
        symbolSize: 8,
        lineStyle: { color: look.accent, width: 2 },
        itemStyle: { color: look.accent },
        label: { ...written(look), show: true, position: "top", distance: 8 },
      },
    ],
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
  const bars = moved.slice(0, MAX_MOVEMENTS).map(({ name, change, fate = "延续" }) => ({
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
  const kept = parts.length > MAX_PARTS ? parts.slice(0, MAX_PARTS - 1) : parts;
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
    caption: "各部门已达到和未达到的指标（项），未达到的颜色越鲜明，离目标越远",
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
  const rest = table.length - drawn.length;
  const values = drawn.map((row) => numberIn(row.achieved));
  const bars = drawn.map(({ name, target, actual }) => ({
    name,
    words: `目标${target}，实际${actual}`,
  }));
  /** @param {Row} row */
  const outcomeOf = (row) => row.achieved.split(" ")[1];
  /** @type {(row: Row, look: Look) => string} */
  const colourOf = (row, look) =>
    ({ "not-met": look.note, differs: look.line })[outcomeOf(row)] ?? look.accent;
  return {
    caption: `实际完成值与指标值：框是指标值，条是实际完成值${rest ? `；另有${rest}项日期、文字等画不成条，见表` : ""}`,
    keys: [
      ["spent", "指标值"],
      ["up", "实际完成值"],
      ["missed", "未达到"],
      ["down", "有差异"],
    ],
    alt: drawn
      .map(
        (row, at) =>
          `${row.name}，${bars[at].words}${outcomeOf(row) === "not-met" ? "，未达到" : ""}`,
      )
      .join("；"),
    height: (look, width) => bars.length * (roomForNames(bars, look, width) + BAR + 4) + 8,
    option: (look, width) => {
      /** @param {string} words */
      const room = (words) => (widthOf(words, look) + 8) / width;
      // Beside words that are too long, as on a phone, the frame alone says what the target is.
      const shown = bars.map(({ words }, at) =>
        room(words) > MAX_WORDS ? `实际${drawn[at].actual}` : words,
      );
      // What went far beyond its target ends at the edge: the words say how far it went.
      const end = Math.min(MAX_ACHIEVED, Math.max(100, ...values));
      const max = end / (1 - Math.min(MAX_WORDS, Math.max(...shown.map(room))));
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
              itemStyle: { color: colourOf(row, look) },
            })),
          },
          {
            ...SILENT,
            type: "bar",
            barWidth: 1,
            barGap: "-75%",
            data: shown.map((words, at) => ({
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
    .slice(0, MAX_YEARS);
  /** @type {(row: Row) => number} */
  const newest = (row) => numberIn(row[years.find((year) => numberIn(row[year]) > 0) ?? ""] ?? "");
  const found = table.filter((row) => newest(row) > 0).sort((a, b) => newest(b) - newest(a));
  const numbers = found.flatMap((row) => years.map((year) => numberIn(row[year])));
  if (numbers.filter((number) => number > 0).length < 2) {
    return null;
  }
  const shown = found.slice(0, MAX_MOVEMENTS);
  const names = shown.map(({ name }) => ({ name }));
  const rest = found.length - shown.length;
  const most = Math.max(...numbers.filter((number) => number > 0));
  /** @type {(row: Row, year: string) => string} */
  const words = (row, year) => (row[year] ? `${year}　${row[year]}` : "");
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
          // The words are as dark on pale bars as on dark ones.
          label: { ...written(look), opacity: 1, show: true, position: "right" },
        })),
      };
    },
  };
}

/** An amount as the tables print it: `2,040.00`. @param {number} amount */
const grouped = (amount) => amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",");

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
