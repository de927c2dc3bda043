// Filters every target of the site in [data-finder]; what is chosen stands in the address.
// Without this script the page leads to the permanent lists.

import { element } from "./elements.js";
import { hitOf, matching, SORTS } from "./finder-filter.js";
import { csvOf, embedded, HEADS, lineOf } from "./finder-view.js";
import { loadedYear, loadWords } from "./target-data.js";

/** @typedef {import("./target-data.js").Year} Year */
/** @typedef {import("./finder-view.js").Line} Line */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

const SHOWN = 20;
/** For which years the choices are. @type {WeakMap<object, string>} */
const offered = new WeakMap();
const ARROWS = new Map([
  ["stricter", "↑"],
  ["looser", "↓"],
]);

/** @param {HTMLElement} mount */
async function setUp(mount) {
  const years = (mount.dataset.finder ?? "").split(" ").map((text) => text.replace("年", ""));
  const words = wordsOf(mount);
  const controls = controlsOf(years, words);
  const asked = new URL(location.href).searchParams;
  const form = element("div", { className: "filters" });
  const status = element("p", { className: "filters__status" });
  status.setAttribute("role", "status");
  const table = withRole(element("table", { className: "list" }), "table");
  const scroll = element("div", { className: "table-scroll", tabIndex: 0 });
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "符合条件的指标");
  scroll.append(table);
  const more = button("再显示20项");
  const download = button("下载 CSV");
  const copy = button("复制链接");
  const code = element("textarea", { readOnly: true, rows: 6, className: "finder__code" });
  code.setAttribute("aria-label", "嵌入代码");
  const embed = element("details", { className: "finder__embed" });
  embed.append(
    element("summary", {}, "嵌入其他网页"),
    element(
      "p",
      { className: "hint" },
      "代码里是现在显示的这些行和数据版本，以后数据改动也不会变。",
    ),
    code,
  );
  const tools = element("p", { className: "finder__tools" });
  tools.append(more, download, copy);

  /** @type {{years: Year[], found: Uint32Array, shown: number, turn: number, lines: Line[]}} */
  const state = { years: [], found: new Uint32Array(), shown: SHOWN, turn: 0, lines: [] };
  /** @param {Uint32Array} found */
  const linesOf = (found) =>
    Promise.all(Array.from(found, (number) => lineOf(hitOf(state.years, number), words)));
  const place = { words, version: mount.dataset.version ?? "" };

  const writeCode = () => {
    code.value = embed.open ? embedded(state.lines, place.version) : "";
  };
  embed.addEventListener("toggle", writeCode);

  const show = async () => {
    const { turn } = state;
    const lines = await linesOf(state.found.subarray(0, state.shown));
    if (turn !== state.turn) {
      return;
    }
    table.replaceChildren(element("caption", {}, "符合条件的指标"), head(), body(lines));
    more.hidden = state.found.length <= state.shown;
    state.lines = lines;
    writeCode();
  };

  const apply = async () => {
    state.turn += 1;
    const { turn } = state;
    const chosen = Object.fromEntries(
      [...controls].map(([name, { control }]) => [name, control.value.trim()]),
    );
    status.textContent = "正在读取……";
    try {
      const wanted = chosen.year === "all" ? years : [chosen.year || years[0]];
      const loaded = await Promise.all(wanted.map(loadedYear));
      if (chosen.q) {
        await Promise.all(loaded.map(loadWords));
      }
      if (turn !== state.turn) {
        return;
      }
      offer(controls, loaded, chosen);
      state.years = loaded;
      state.found = matching(loaded, chosen);
      state.shown = SHOWN;
      const total = loaded.reduce((sum, year) => sum + year.total, 0);
      await show();
      status.textContent = `符合条件的指标有${state.found.length}项，共${total}项（包括各个版本）`;
    } catch {
      status.textContent = "数据没有读到，请检查网络后刷新。";
    }
  };

  for (const [name, { label, control }] of controls) {
    control.id = `finder-${name}`;
    const field = element("div", { className: "filters__field" });
    field.append(element("label", { htmlFor: control.id }, label), control);
    form.append(field);
    recall(control, asked.get(name) ?? "");
    control.addEventListener("input", () => {
      remember(controls);
      apply();
    });
  }
  const reset = button("清除筛选");
  reset.addEventListener("click", () => {
    for (const { control } of controls.values()) {
      control.value = "";
    }
    remember(controls);
    apply();
  });
  form.append(reset, status);
  more.addEventListener("click", () => {
    state.shown += SHOWN;
    show();
  });
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(location.href);
    status.textContent = "链接已复制。";
  });
  download.addEventListener("click", async () => {
    status.textContent = "正在生成 CSV……";
    const lines = await linesOf(state.found);
    save(csvOf(lines, place.version));
    status.textContent = `CSV 里有${lines.length}项。`;
  });
  mount.append(form, scroll, tools, embed);
  await apply();
}

/** The words of the page for the values in the data. @param {HTMLElement} mount */
function wordsOf(mount) {
  /** @type {Record<"change" | "outcome", Map<string, string>>} */
  const words = { change: new Map(), outcome: new Map() };
  for (const word of mount.querySelectorAll("[data-key]")) {
    const { list, key = "" } = /** @type {HTMLElement} */ (word).dataset;
    const label = `${ARROWS.get(key) ?? ""}${word.textContent ?? ""}`;
    words[list === "change" ? "change" : "outcome"].set(key, label);
  }
  return words;
}

/**
 * @param {string[]} years
 * @param {ReturnType<typeof wordsOf>} words
 * @returns {Map<string, {label: string, control: Control}>}
 */
function controlsOf(years, words) {
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

/** @param {string} text */
const button = (text) => element("button", { type: "button", className: "finder__button" }, text);

/**
 * Departments and kinds are those of the years that are shown.
 *
 * @param {ReturnType<typeof controlsOf>} controls
 * @param {Year[]} years
 * @param {Record<string, string>} chosen
 */
function offer(controls, years, chosen) {
  const shown = years.map(({ year }) => year).join();
  if (offered.get(controls) === shown) {
    return;
  }
  offered.set(controls, shown);
  const departments = new Map(years.flatMap((year) => year.departments));
  const kinds = new Set(years.flatMap((year) => year.kind.words.filter(Boolean)));
  for (const [name, options] of /** @type {[string, string[][]][]} */ ([
    ["department", [...departments]],
    ["kind", [...kinds].map((kind) => [kind, kind])],
  ])) {
    const control = /** @type {HTMLSelectElement} */ (controls.get(name)?.control);
    control.replaceChildren(
      ...[["", "全部"], ...options].map(([key, word]) => new Option(word, key)),
    );
    control.value = chosen[name];
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

/** @param {ReturnType<typeof controlsOf>} controls */
function remember(controls) {
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

/** Laid out as cards, a table is one only by its roles. @type {<Part extends HTMLElement>(part: Part, role: string) => Part} */
function withRole(part, role) {
  part.setAttribute("role", role);
  return part;
}

function head() {
  const row = withRole(element("tr", {}), "row");
  for (const { title, look } of HEADS) {
    row.append(withRole(element("th", { scope: "col", className: look }, title), "columnheader"));
  }
  const made = withRole(element("thead", {}), "rowgroup");
  made.append(row);
  return made;
}

/** @param {Line[]} lines */
function body(lines) {
  const made = withRole(element("tbody", {}), "rowgroup");
  for (const line of lines) {
    const row = withRole(element("tr", {}), "row");
    for (const [at, { title, look, cell }] of HEADS.entries()) {
      const parts = cell(line);
      const place = at
        ? withRole(element("td", { className: look }), "cell")
        : withRole(element("th", { scope: "row" }), "rowheader");
      if (at && parts.length) {
        place.dataset.label = title;
      }
      place.append(...parts);
      row.append(place);
    }
    made.append(row);
  }
  return made;
}

/** @param {string} text */
function save(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: "targets.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

for (const mount of document.querySelectorAll("[data-finder]")) {
  setUp(/** @type {HTMLElement} */ (mount));
}
