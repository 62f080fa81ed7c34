// What Share opens: the link to this very screen, its code for phones, and a picture.

import { el } from "../elements.js";
import { copyText } from "../page.js";
import { savePicture } from "./picture.js";

/**
 * @param {import("../life.js").Root} root
 * @param {() => void} ask  for the link, which changes with every dial
 */
export function buildShare(root, ask) {
  const button = el("button", { type: "button", popovertarget: "share" });
  const name = el("label", { for: "link" });
  const link = el("input", { id: "link", readonly: "" });
  const copy = el("button", { type: "button", class: "first" });
  const code = el("img", { width: 176, height: 176 });
  const told = el("p");
  const save = el("button", { type: "button" });
  const said = el("span", { role: "status" });
  const panel = el("div", { id: "share", popover: "", role: "dialog" },
    name, el("div", { class: "line" }, link, copy), code, told, el("div", { class: "line" }, save, said));
  let latest = null;

  panel.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    link.value = location.href;
    said.textContent = told.textContent = "";
    code.hidden = true;
    ask();
  });
  link.addEventListener("focus", () => link.select());
  copy.addEventListener("click", async () => {
    await copyText(link.value, panel);
    said.textContent = latest.labels.copied;
  });
  save.addEventListener("click", () => savePicture(root, latest, link.value));

  function show(data) {
    latest = data;
    const { labels } = data;
    button.textContent = labels.share;
    panel.ariaLabel = labels.share;
    name.textContent = labels.link;
    copy.textContent = labels.copy;
    code.alt = labels.qr_alt;
    save.textContent = labels.save_picture;
  }

  function answer(shared) {
    link.value = shared.link;
    told.textContent = shared.told;
    code.hidden = !shared.picture;
    if (shared.picture) code.src = shared.picture;
  }
  return { button, panel, show, answer };
}
