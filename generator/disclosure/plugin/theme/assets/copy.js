// Puts a button below what readers cite: a text, or where a link leads. Without this script both can
// be selected by hand.

/** @type {(text: string) => Promise<void>} */
const copy = async (text) => {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // A site without HTTPS has no clipboard; there the old command copies what this hands to it.
  const hand = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", hand, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", hand);
  if (!done) {
    throw new Error("refused");
  }
};

/** @type {NodeListOf<HTMLElement>} */
const cited = document.querySelectorAll("[data-copy]");
for (const one of cited) {
  const row = one.closest("div");
  const place = document.createElement("dd");
  place.className = "copy";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "复制";
  button.setAttribute("aria-label", `复制${row?.querySelector("dt")?.textContent}`);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await copy(one instanceof HTMLAnchorElement ? one.href : (one.textContent ?? "").trim());
      said.textContent = "已复制";
    } catch {
      said.textContent = "没有复制成功，请手工选取";
    }
  });
  place.append(button, said);
  row?.append(place);
}
