// Filters every target of the site in [data-finder]; what is chosen stands in the address.
// Without this script the page leads to the permanent lists.

import { drawn, element, pause } from "./elements.js";
import { chosenIn, controlsOf, fieldsOf, offer, remember } from "./finder-controls.js";
import { answerTo, loadAhead, loadColumns, loadLines, placesOf } from "./finder-filter.js";
import { PAGE_SIZE } from "./finder-prepared.js";
import { csvHead, csvOf, embedded, emptyTable, extend, fill, lineOf } from "./finder-view.js";
import { loadedYear } from "./target-data.js";

/** @typedef {import("./finder-view.js").Line} Line */
/** @typedef {import("./finder-filter.js").Answer} Answer */

/** So many lines of a download are written before the page may answer again. */
const SLICE = 500;
/** So many lines are drawn first, and all others after them: more are hardly in sight. */
const FIRST_LINES = 5;
/** So many fields are always in sight. */
const FIELDS_IN_SIGHT = 5;
const ARROWS = new Map([
  ["stricter", "↑"],
  ["looser", "↓"],
]);

/** The page: its controls, what was found, and what is shown of it. */
class Finder {
  /** @param {HTMLElement} mount */
  constructor(mount) {
    this.words = wordsOf(mount);
    this.version = mount.dataset.version ?? "";
    this.years = (mount.dataset.finder ?? "").split(" ").map((text) => text.replace("年", ""));
    this.controls = controlsOf(this.years, this.words);
    /** @type {Answer} */
    this.result = { years: [], chosen: {}, count: 0, first: [], found: null };
    /** @type {Line[]} */
    this.lines = [];
    this.shown = PAGE_SIZE;
    this.rest = Promise.resolve();
    this.turn = 0;
    this.status = element("p", { className: "filters__status" });
    this.status.setAttribute("role", "status");
    this.table = emptyTable();
    this.place = element("div", { className: "table-scroll", tabIndex: 0 });
    this.more = button("", () => this.showMore().catch(() => this.fail()));
    this.embed = element("details", { className: "finder__embed" });
    this.code = element("textarea", { readOnly: true, rows: 6, className: "finder__code" });
    this.tools = element("p", { className: "finder__tools" });
    // What stands below the table would be pushed down by it while the page loads.
    this.tools.hidden = true;
    this.embed.hidden = true;
    this.prepareTools();
    this.prepareEmbed();
    mount.append(this.form(), this.region(), this.tools, this.embed);
  }

  form() {
    const form = element("div", { className: "filters" });
    const reset = button("清除筛选", () => {
      for (const { control } of this.controls.values()) {
        control.value = "";
      }
      this.changed();
    });
    const fields = fieldsOf(this.controls);
    form.append(...fields.slice(0, FIELDS_IN_SIGHT));
    form.append(...this.further(fields.slice(FIELDS_IN_SIGHT)), reset, this.status);
    form.addEventListener("input", (event) => {
      // Letters on the way to a Chinese word are not asked for.
      if (!(/** @type {InputEvent} */ (event).isComposing)) {
        this.changed();
      }
    });
    form.addEventListener("compositionend", () => this.changed());
    form.addEventListener("focusin", () => this.loadAhead());
    return form;
  }

  /** Where there is little room, these wait behind a button, unless one of them is chosen. @param {HTMLElement[]} fields */
  further(fields) {
    const place = element("div", { className: "finder__further", id: "finder-further" });
    place.append(...fields);
    const toggle = button("更多条件", () => {
      const isOpen = place.toggleAttribute("data-open");
      toggle.setAttribute("aria-expanded", String(isOpen));
    });
    toggle.classList.add("finder__toggle");
    toggle.setAttribute("aria-controls", place.id);
    toggle.setAttribute("aria-expanded", "false");
    if ([...this.controls.values()].slice(FIELDS_IN_SIGHT).some(({ control }) => control.value)) {
      toggle.click();
    }
    return [toggle, place];
  }

  region() {
    this.place.setAttribute("role", "region");
    this.place.setAttribute("aria-label", "符合条件的指标");
    this.place.append(this.table);
    return this.place;
  }

  prepareTools() {
    const download = button("下载 CSV", () => this.download().catch(() => this.fail()));
    const copy = button("复制链接", async () => {
      await navigator.clipboard?.writeText(location.href);
      this.status.textContent = "链接已复制。";
    });
    this.tools.append(this.more, download, copy);
  }

  prepareEmbed() {
    const hint = "代码里是现在显示的这些行和数据版本，以后数据改动也不会变。";
    this.code.setAttribute("aria-label", "嵌入代码");
    this.embed.append(
      element("summary", {}, "嵌入其他网页"),
      element("p", { className: "hint" }, hint),
      this.code,
    );
    this.embed.addEventListener("toggle", () => this.writeCode());
  }

  changed() {
    remember(this.controls);
    this.answer();
  }

  /** Finds what was asked for and shows it, unless something else was asked for meanwhile. */
  async answer() {
    this.turn += 1;
    const { turn } = this;
    this.place.setAttribute("aria-busy", "true");
    this.status.textContent = "正在读取……";
    try {
      await this.find(turn);
    } catch {
      if (turn === this.turn) {
        this.fail();
      }
    }
    if (turn === this.turn) {
      this.place.setAttribute("aria-busy", "false");
      this.rest.then(() => this.loadAhead());
    }
  }

  /** @param {number} turn */
  async find(turn) {
    const chosen = chosenIn(this.controls);
    const years = await this.load(chosen);
    const result = await answerTo(years, chosen);
    if (turn === this.turn) {
      offer(this.controls, years, chosen);
      this.result = result;
      this.shown = PAGE_SIZE;
      this.say();
      await this.show();
    }
  }

  fail() {
    this.status.textContent = "数据没有读到，请检查网络后刷新。";
  }

  /** The years that are asked for. @param {Record<string, string>} chosen */
  load({ year }) {
    const known = this.years.includes(year) ? year : this.years[0];
    return Promise.all((year === "all" ? this.years : [known]).map(loadedYear));
  }

  /** What fails now is fetched again when it is needed. */
  loadAhead() {
    const { years, chosen } = this.result;
    const inUse = [...this.controls].find(([, { control }]) => control === document.activeElement);
    if (inUse) {
      loadAhead(years, chosen, inUse[0]).catch(() => {});
    } else if (this.turn === 1) {
      whenIdle(() => loadColumns(years).catch(() => {}));
    }
  }

  say() {
    const { years, count } = this.result;
    const total = years.reduce((sum, year) => sum + year.total, 0);
    const hint = count ? "" : "。请放宽条件";
    this.status.textContent = `符合条件的指标有${count}项，共${total}项（包括各个版本）${hint}`;
  }

  async show() {
    const { turn } = this;
    const lines = await this.linesOf(this.result, 0, FIRST_LINES);
    if (turn === this.turn) {
      this.lines = lines;
      fill(this.table, lines);
      for (const part of [this.place, this.tools, this.embed]) {
        part.hidden = lines.length === 0;
      }
      this.rest = drawn()
        .then(() => this.showRest(turn))
        .catch(() => this.fail());
    }
  }

  /** Adds what is still missing below, unless something else was asked for. @param {number} turn */
  async showRest(turn) {
    const lines = await this.linesOf(this.result, this.lines.length, this.shown);
    if (turn === this.turn) {
      this.lines.push(...lines);
      extend(this.table, lines);
      const left = this.result.count - this.shown;
      this.more.hidden = left <= 0;
      this.more.textContent = `再显示${Math.min(PAGE_SIZE, Math.max(left, 0))}项`;
      this.writeCode();
    }
  }

  async showMore() {
    const { turn } = this;
    await this.rest;
    if (turn === this.turn) {
      this.shown += PAGE_SIZE;
      this.rest = this.showRest(turn);
      await this.rest;
    }
  }

  /** @type {(result: Answer, from: number, to: number) => Promise<Line[]>} */
  async linesOf(result, from, to) {
    const places = await placesOf(result, from, to);
    return places.map((place) => lineOf(place, this.words));
  }

  writeCode() {
    this.code.value = this.embed.open ? embedded(this.lines, this.version) : "";
  }

  /** Writes slice after slice, between which the page can answer. */
  async download() {
    const { result } = this;
    this.status.textContent = "正在生成 CSV……";
    await loadLines(result);
    const parts = [csvHead()];
    for (let at = 0; at < result.count; at += SLICE) {
      parts.push(csvOf(await this.linesOf(result, at, at + SLICE), this.version));
      await pause();
    }
    save(parts);
    this.status.textContent = `CSV 里有${result.count}项。`;
  }
}

/** Not every browser tells when it has nothing to do. */
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** The words of the page for the values in the data. @param {HTMLElement} mount */
function wordsOf(mount) {
  /** @type {import("./finder-view.js").Labels} */
  const words = { change: new Map(), outcome: new Map() };
  for (const word of mount.querySelectorAll("[data-key]")) {
    const { list, key = "" } = /** @type {HTMLElement} */ (word).dataset;
    const label = `${ARROWS.get(key) ?? ""}${word.textContent ?? ""}`;
    words[list === "change" ? "change" : "outcome"].set(key, label);
  }
  return words;
}

/** @type {(text: string, press: () => void) => HTMLButtonElement} */
function button(text, press) {
  const made = element("button", { type: "button", className: "finder__button" }, text);
  made.addEventListener("click", press);
  return made;
}

/** @param {string[]} parts */
function save(parts) {
  const address = URL.createObjectURL(new Blob(parts, { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: "targets.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

for (const mount of document.querySelectorAll("[data-finder]")) {
  new Finder(/** @type {HTMLElement} */ (mount)).answer();
}
