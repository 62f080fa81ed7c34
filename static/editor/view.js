// A text area over the same text in colours. The text area is the browser's own: selection,
// undo, input methods and screen readers work as everywhere.

import { el } from "../elements.js";
import { python } from "../frame.js";
import { viewOf, whenGone } from "../life.js";
import { copyText } from "../page.js";
import { coloured, pieces } from "../python.js";

// Longer than a program may be, so that it is refused in words all the same. The server would not
// take a message of a megabyte (.streamlit/config.toml): it would close the connection.
const MOST_SENT = 100_000;

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.send = (text) => setTriggerValue("run", text.slice(0, MOST_SENT));
  view.show(data);
}

function build(root) {
  const gutter = el("div", { class: "gutter", "aria-hidden": "true" });
  const picture = el("pre", { "aria-hidden": "true" });
  const area = el("textarea", {
    spellcheck: "false", autocomplete: "off", autocapitalize: "off", autocorrect: "off", wrap: "off",
  });
  const run = el("button", { type: "button", class: "run" });
  const link = el("button", { type: "button" });
  const said = el("span", { class: "said", role: "status" });
  root.append(
    el("div", { class: "editor" },
      el("div", { class: "pane" }, gutter, el("div", { class: "layers" }, picture, area)),
      el("div", { class: "bar" }, run, said, link)),
  );
  let latest = null;
  let running = false;

  // Streamlit tells of the end of a run also where it changes nothing on the page.
  const app = document.querySelector("[data-test-script-state]");
  const ended = new MutationObserver(() => {
    if (running && app?.getAttribute("data-test-script-state") === "notRunning") mark(false);
  });
  if (app) ended.observe(app, { attributeFilter: ["data-test-script-state"] });
  whenGone(() => ended.disconnect());

  function mark(now) {
    running = now && Boolean(app);
    run.setAttribute("aria-busy", String(running));
    tell();
  }

  function tell() {
    const changed = area.value !== latest.source;
    said.textContent = latest.labels[running ? "running" : changed ? "changed" : "run_hint"];
    link.hidden = changed;
  }

  function paint() {
    const failed = latest.failed && area.value === latest.source ? latest.failed.line : 0;
    const rows = pieces(area.value, python());
    picture.replaceChildren(
      ...rows.map((row, i) =>
        el("div", { class: i + 1 === failed ? "row failed" : "row" }, ...coloured(row))),
    );
    gutter.replaceChildren(
      ...rows.map((_, i) =>
        el("div", i + 1 === failed ? { class: "failed" } : {}, `${i + 1 === failed ? "✗ " : ""}${i + 1}`)),
    );
    tell();
  }

  function send() {
    view.send(area.value);
    mark(true);
  }

  function insert(text) {
    // execCommand keeps the browser's own undo history; there is no other way to.
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      paint();
    }
  }

  area.addEventListener("input", paint);
  area.addEventListener("keydown", (event) => {
    event.stopPropagation(); // Streamlit has shortcuts on single letters
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === "Enter" && !event.isComposing) {
      const line = area.value.slice(0, area.selectionStart).split("\n").pop() ?? "";
      const indent = " ".repeat(line.search(/[^ ]|$/)) + (line.trimEnd().endsWith(":") ? "    " : "");
      if (indent) {
        event.preventDefault();
        insert("\n" + indent);
      }
    } else if (event.key === "Escape") {
      run.focus(); // the way out of the text area by keyboard, for Tab indents
    } else if (event.key === "Tab" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      insert("    ");
    }
  });
  run.addEventListener("click", send);
  link.addEventListener("click", async () => {
    await copyText(location.href, root);
    said.textContent = latest.labels.copied;
  });

  function show(data) {
    const first = latest === null;
    const other = !first && data.source !== latest.source && area.value !== data.source;
    latest = data;
    if (first || other) area.value = data.source;
    area.setAttribute("aria-label", data.labels.editor);
    run.textContent = data.labels.run;
    link.textContent = data.labels.link;
    paint();
  }
  const view = { show, send: (_text) => {} };
  return view;
}
