// The notes of the lesson that is on the projector, which another window of this browser shows.

import { el } from "../elements.js";
import { listen, viewOf, whenGone } from "../life.js";

const KEYS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1, " ": 1 };

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const where = el("p", { class: "where" });
  const title = el("h1");
  const note = el("p", { class: "note" });
  const button = (sign, by) => {
    const made = el("button", { type: "button" }, sign);
    made.addEventListener("click", () => lead(by));
    return made;
  };
  const [back, forward] = [button("‹", -1), button("›", 1)];
  root.append(el("main", { role: "status" }, where, title, note), el("div", { class: "ways" }, back, forward));

  let latest = null;
  let at = { page: "", place: 0, count: 0 };
  /** @type {BroadcastChannel | null} */
  let channel = null;
  whenGone(() => channel?.close());

  function lead(by) {
    channel?.postMessage({ by });
  }
  listen(document, "keydown", (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.composedPath()[0].matches?.("button")) return;
    event.preventDefault();
    lead(KEYS[event.key]);
  });

  function meet(name) {
    if (channel?.name === name) return;
    channel?.close();
    channel = new BroadcastChannel(name);
    channel.addEventListener("message", ({ data }) => {
      if (typeof data?.page !== "string") return;
      at = data;
      draw();
    });
    channel.postMessage({ hello: true });
  }

  function draw() {
    const { labels, notes, page } = latest;
    const found = Object.hasOwn(notes, at.page || page) ? notes[at.page || page] : null;
    where.textContent = at.page
      ? labels.slide.replace("{number}", at.place).replace("{count}", at.count)
      : labels.notes_follow;
    title.textContent = found ? found.title : labels.notes;
    note.innerHTML = found ? found.note : ""; // made by prose.py, which escapes whatever it is given
    if (!found) note.textContent = labels.notes_none;
  }

  function show(data) {
    latest = data;
    back.setAttribute("aria-label", data.labels.back);
    forward.setAttribute("aria-label", data.labels.forward);
    draw();
    meet(data.channel);
  }
  return { show };
}
