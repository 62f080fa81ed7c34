// Where a program is written and where it is read what it did: a text in an editor, the questions
// that examples answer above it, and below it what can be done with it.

import { el } from "../elements.js";
import { viewOf, whenGone } from "../life.js";
import { meaning } from "../matrix.js";
import { bring, copyText, onLight, onMoment, outdate } from "../page.js";
import { buildChoosing } from "./choosing.js";
import { buildCode } from "./code.js";
import { notebook, save } from "./files.js";
import { buildPlain } from "./plain.js";
import { answered, asked, isRunning, onRunning } from "./running.js";

// Longer than a program may be, so that it is refused in words all the same. The server would not
// take a message of a megabyte (.streamlit/config.toml): it would close the connection.
const MOST_SENT = 100_000;
const SOON = 400; // ms
const NARROW = "(max-width: 700px)";
const FINDINGS = ["alarm", "fact"]; // kinds of what is told of a line

/** @type {Promise<typeof import("../vendor/codemirror.js")> | null} */
let loading = null; // only here is it needed; a version in its address will do, for it imports nothing

// What an editor held when it went: the one that stands there during the first run gives way to
// another, and what was typed meanwhile goes on in that one.
let left = { source: "", text: "", sent: "" };

function load() {
  const { version } = /** @type {any} */ (globalThis).autogradExplorer;
  loading ??= import(new URL(`../vendor/codemirror.js?${version}`, import.meta.url).href);
  return loading;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.send = (event, value) => setTriggerValue(event, value);
  view.show(data);
}

function build(root) {
  const view = { show, send: (_event, _value) => {} };
  const button = (name, click) => {
    const made = el("button", { type: "button", class: name });
    made.addEventListener("click", click);
    return made;
  };
  const choosing = buildChoosing((name) => {
    view.send("example", name);
    asked();
  });
  const run = button("run", send);
  const said = el("span", { class: "said", role: "status" });
  const link = button("link", async () => {
    await copyText(location.href, root);
    said.textContent = latest.labels.copied;
  });
  const script = button("py", () => save("program.py", "text/x-python", pad.text()));
  const book = button("ipynb", () => save("program.ipynb", "application/x-ipynb+json", notebook(pad.text())));
  const help = el("p", { class: "help" });
  const legend = el("p", { class: "legend" });
  const place = el("div", { class: "pane" });
  const editor = el("div", { class: "editor" }, choosing.node, place, el("div", { class: "bar" }, run, said, link, script, book));
  root.append(editor, legend, help);
  // Streamlit has shortcuts on single letters; what is typed here is nobody else's.
  place.addEventListener("keydown", (event) => event.stopPropagation());

  const on = { change: tell, run: send, choose: (line) => chooseLine(line) };
  let latest = null;
  /** @type {import("../page.js").Moment | null} */
  let moment = null;
  let lit = [];
  let waiting = 0;
  let drawn = ""; // as JSON: to draw the same once more would be work, and a played program is drawn often
  let stopped = ""; // by which error or alarm, as JSON
  let chosen = -1; // the line's index
  let sent = ""; // the text whose run the reader waits for
  /** @type {ReturnType<typeof buildPlain> | ReturnType<typeof buildCode>} */
  let pad = buildPlain("", on);
  place.append(pad.node);

  let gone = false;
  whenGone(() => {
    gone = true;
    left = { source: latest?.source ?? "", text: pad.text(), sent };
    clearTimeout(waiting);
    pad.destroy();
    outdate(false);
  });
  load().then((cm) => gone || exchange(buildCode(cm, root, words(), on, pad.text())), console.error);

  const words = () => ({ label: latest?.labels.editor ?? "", phrases: latest?.phrases ?? {} });

  // The text goes on in the other one.
  function exchange(other) {
    const focused = root.activeElement === pad.node;
    pad.node.replaceWith(other.node);
    pad = other;
    drawn = "";
    draw();
    if (focused) pad.focus();
  }

  onMoment((now) => {
    moment = now;
    draw();
    if (now?.line && isCurrent()) pad.reveal(now.line);
  });
  onLight(({ lines }) => {
    lit = lines;
    draw();
  });

  onRunning(tell);

  const isCurrent = () => latest !== null && pad.text() === normal(latest.source);

  function tell() {
    if (!latest) return;
    const changed = !isCurrent();
    const busy = isRunning() || Boolean(latest.running);
    run.setAttribute("aria-busy", String(busy));
    said.textContent = latest.labels[busy ? "running" : changed ? "changed" : "done"];
    editor.classList.toggle("old", changed);
    link.hidden = changed;
    // Most runs are over before anybody could see that the page is dimmed, which is work as well.
    clearTimeout(waiting);
    if (isRunning() && !changed) waiting = setTimeout(() => outdate(true), SOON);
    else outdate(changed);
  }

  function send() {
    sent = pad.text();
    view.send("run", sent.slice(0, MOST_SENT));
    asked();
  }

  // A line is lower than a finger: what it meets above or below a number may be meant for that one.
  function chooseLine(line) {
    const near = matchMedia("(pointer: coarse)").matches ? [line, line - 1, line + 1] : [line];
    const isFound = (one) => latest.told.some((told) => told.line === one && FINDINGS.includes(told.kind));
    const meant = near.find((one) => isFound(one) || latest.lines[one - 1]?.is?.includes("recorded"));
    if (!meant || !isCurrent()) return;
    view.send("selection", `line-${meant}`);
    if (isFound(meant)) bring(".found [aria-current]");
  }

  function draw() {
    if (!latest) return;
    const { source, lines, told } = latest;
    const now = JSON.stringify([source, lines, told, moment?.line, moment?.ran, lit]);
    if (now !== drawn) pad.show({ source: normal(source), lines, told, moment, lit });
    drawn = now;
  }

  function show(data) {
    const other = latest === null || (data.source !== latest.source && pad.text() !== normal(data.source));
    const others = JSON.stringify(words());
    const goesOn = latest === null && left.source === data.source;
    if (latest === null) sent = left.sent;
    latest = data;
    if (other) pad.put(goesOn ? left.text : normal(data.source));
    if (JSON.stringify(words()) !== others) pad.speak(words());
    choosing.show(data.examples, data.example, data.labels);
    Object.entries({ run, link, download_py: script, download_ipynb: book, help })
      .forEach(([name, node]) => (node.textContent = data.labels[name]));
    const kinds = data.lines.flatMap(({ marks = [] }) => marks.map(({ kind }) => kind));
    const marked = ["nan", "inf"].filter((kind) => kinds.includes(kind));
    legend.replaceChildren(...marked.map(meaning));
    legend.hidden = !marked.length;
    draw();
    tell();
    const of = (severity) => data.told.find(({ kind }) => kind === severity);
    const wrong = of("alarm") ?? of("wrong");
    if (wrong?.line && isCurrent() && JSON.stringify(wrong) !== stopped) pad.reveal(wrong.line);
    stopped = JSON.stringify(wrong);
    const before = chosen;
    chosen = data.lines.findIndex(({ is }) => is?.includes("chosen"));
    if (chosen >= 0 && chosen !== before && isCurrent()) pad.reveal(chosen + 1);
    // On a phone what the diagnosis says stands below the program.
    if (sent !== normal(data.source) || data.running) return;
    if (of("alarm") && matchMedia(NARROW).matches) bring(".found .alarm");
    sent = "";
    answered();
  }
  return view;
}

/** Line ends as an editor has them, a browser or CodeMirror alike. */
function normal(text) {
  return text.replace(/\r\n?/g, "\n");
}
