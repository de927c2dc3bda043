// The boxes and choices of the page of all targets; what is chosen stands in the address.

import { element } from "./elements.js";
import { SORTS } from "./finder-choices.js";

/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */
/** @typedef {Map<string, {label: string, control: Control}>} Controls By their names in the address. */

/** What a target says or lacks, and whether it has a note; `clear` in generator/disclosure/pages/target_rows.py. */
const CLEAR = [
  ...Object.entries({ number: "数值", sign: "方向", basis: "依据", result: "结果" }).flatMap(
    ([name, word]) => [
      [name, `有${word}`],
      [`no-${name}`, `没有${word}`],
    ],
  ),
  ["noted", "有公开注释"],
];

/** For which years the choices are. @type {WeakMap<Controls, string>} */
const offered = new WeakMap();

/**
 * @param {string[]} years
 * @param {import("./finder-view.js").Labels} words
 * @returns {Controls}
 */
export function controlsOf(years, words) {
  const text = element("input", { type: "search", autocomplete: "off", maxLength: 100 });
  return new Map(
    Object.entries({
      q: { label: "含有文字", control: text },
      year: {
        label: "年度",
        control: choice([
          ...years.map((year, at) => [at ? year : "", `${year}年`]),
          ["all", "全部年度"],
        ]),
      },
      department: { label: "部门", control: choice([["", "全部"]]) },
      change: { label: "与上年比", control: choice([["", "全部"], ...words.change]) },
      outcome: {
        label: "完成情况",
        control: choice([["", "全部"], ...words.outcome, ["none", "没有评价"]]),
      },
      moved: {
        label: "公开后",
        control: choice([
          ["", "全部"],
          ["1", "年中改动过"],
          ["0", "没有改动"],
        ]),
      },
      version: {
        label: "版本",
        control: choice([
          ["", "现行版本"],
          ["earlier", "以前的版本"],
          ["all", "全部版本"],
        ]),
      },
      kind: { label: "指标类型", control: choice([["", "全部"]]) },
      clear: { label: "写明", control: choice([["", "全部"], ...CLEAR]) },
      least: { label: "预算数不少于（万元）", control: amount() },
      most: { label: "预算数不多于（万元）", control: amount() },
      sort: { label: "排序", control: choice(SORTS.map(({ name, label }) => [name, label])) },
    }),
  );
}

/** @param {string[][]} options */
function choice(options) {
  const control = element("select", { autocomplete: "off" });
  control.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
  return control;
}

const amount = () =>
  element("input", { type: "number", min: "0", step: "any", inputMode: "decimal" });

/**
 * Departments and kinds are those of the years that are shown.
 *
 * @param {Controls} controls
 * @param {Year[]} years
 * @param {Record<string, string>} chosen
 */
export function offer(controls, years, chosen) {
  const shown = years.map(({ year }) => year).join();
  if (offered.get(controls) === shown) {
    return;
  }
  offered.set(controls, shown);
  const departments = new Map(
    years.flatMap((year) => year.departments.map(([id, name]) => [id, name])),
  );
  const kinds = new Set(years.flatMap((year) => year.kinds));
  for (const [name, options] of /** @type {[string, string[][]][]} */ ([
    ["department", [...departments]],
    ["kind", [...kinds].map((kind) => [kind, kind])],
  ])) {
    const control = /** @type {HTMLSelectElement} */ (controls.get(name)?.control);
    control.replaceChildren(
      ...[["", "全部"], ...options].map(([key, word]) => new Option(word, key)),
    );
    recall(control, chosen[name]);
  }
}

/** A choice that is not known yet is offered until the data say more. @type {(control: Control, value: string) => void} */
function recall(control, value) {
  control.value = value;
  if (control instanceof HTMLSelectElement && control.selectedIndex === -1) {
    control.add(new Option(value, value));
    control.value = value;
  }
}

/** @param {Controls} controls */
export function remember(controls) {
  const place = new URL(location.href);
  for (const [name, { control }] of controls) {
    if (control.value === "") {
      place.searchParams.delete(name);
    } else {
      place.searchParams.set(name, control.value);
    }
  }
  history.replaceState(history.state, "", place);
}

/** What is chosen, by name. @type {(controls: Controls) => Record<string, string>} */
export const chosenIn = (controls) =>
  Object.fromEntries([...controls].map(([name, { control }]) => [name, control.value.trim()]));

/** The controls with their labels, and with what the address asks for. @param {Controls} controls */
export function fieldsOf(controls) {
  const asked = new URL(location.href).searchParams;
  return [...controls].map(([name, { label, control }]) => {
    control.id = `finder-${name}`;
    recall(control, asked.get(name) ?? "");
    const field = element("div", { className: "filters__field" });
    field.append(element("label", { htmlFor: control.id }, label), control);
    return field;
  });
}
