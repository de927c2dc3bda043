// What can be chosen on the page of all targets, how it can be sorted, and which values fit.

/** @typedef {import("./target-data.js").Choice} Choice */
/** @typedef {import("./target-data.js").Rank} Rank */
/** @typedef {Record<string, string>} Chosen */

/** How hits can be sorted, the first without being asked. @type {{name: string, label: string, rank: Rank | null, largest: boolean}[]} */
export const SORTS = [
  { name: "", label: "变化幅度大的在前", rank: "size", largest: true },
  { name: "achieved", label: "完成百分比低的在前", rank: "achieved", largest: false },
  { name: "money", label: "预算数多的在前", rank: "money", largest: true },
  { name: "order", label: "按部门和项目", rank: null, largest: false },
];

/** @type {Choice[]} */
export const CHOICES = ["change", "outcome", "kind", "version", "moved", "clear"];

/** @param {string | undefined} asked */
export const sortOf = (asked) => SORTS.find(({ name }) => name === asked) ?? SORTS[0];

/** Which values fit; null where all do. @type {(name: Choice, wanted: string) => ((value: string) => boolean) | null} */
export function choiceTest(name, wanted) {
  if (name === "version") {
    return wanted === "all" ? null : (value) => (value === "") === (wanted !== "earlier");
  }
  if (!wanted) {
    return null;
  }
  if (name === "clear") {
    return (value) => value.split(" ").includes(wanted);
  }
  const word = wordOf(name, wanted);
  return (value) => value === word;
}

/** A choice as it stands in the data. @type {(name: string, wanted: string) => string} */
export const wordOf = (name, wanted) => (name === "outcome" && wanted === "none" ? "" : wanted);

/** Which amounts fit; null where all do. @type {(chosen: Chosen) => ((money: number | null) => boolean) | null} */
export function moneyTest({ least, most }) {
  if (!least && !most) {
    return null;
  }
  const [from, to] = [least ? Number(least) : -Infinity, most ? Number(most) : Infinity];
  return (money) => money !== null && money >= from && money <= to;
}
