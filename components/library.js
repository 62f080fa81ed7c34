// The code of every component, mounted once by the frame. Each component's own files run in a
// scope of their own, with these helpers around them.

const library = (globalThis.autogradExplorer ??= { pending: [], roots: new WeakMap() });
library.roots ??= new WeakMap();
library.lives = new WeakMap();
library.being = null; // the root whose view is being built, and the signal that ends its life

// The view built for this mount, which outlives updates; its DOM is kept until it is unmounted.
function viewOf(root, build) {
  if (!library.roots.has(root)) {
    const life = new AbortController();
    const outer = library.being;
    library.lives.set(root, life);
    library.being = { root, signal: life.signal };
    try {
      library.roots.set(root, build(root));
    } finally {
      library.being = outer;
    }
  }
  return library.roots.get(root);
}

// To be called while a view is built: what it has set going ends when the page lets go of it.
function whenGone(then) {
  library.being.signal.addEventListener("abort", then);
}

// The same for whatever it listens to outside its own elements.
function listen(target, event, listener) {
  target.addEventListener(event, listener, { signal: library.being.signal });
}

// A view that fails says so in its place, in the page's language; what happened goes to the console.
function fail(root, error) {
  console.error(error);
  library.unmount(root);
  root.replaceChildren(el("p", { class: "part-failed", role: "alert" }, words().part_failed));
}

// What any view may have to say, in the page's language.
function words() {
  return library.words[document.documentElement.lang] ?? library.words.en;
}

function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// Calls with the whole width of an element, now and whenever it changes.
function onWidth(element, then) {
  const { root } = library.being;
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width) return;
    width = now;
    try {
      then(width);
    } catch (error) {
      fail(root, error);
    }
  });
  observer.observe(element);
  whenGone(() => observer.disconnect());
}

function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

// What one component lights, others may light too: lines and nodes point at each other without
// a round trip.
function light(detail) {
  document.dispatchEvent(new CustomEvent("autograd-explorer:light", { detail }));
}

function onLight(listener) {
  listen(document, "autograd-explorer:light", (event) => listener(event.detail));
}

// Show the answer to a choice, which may come off the screen, where the reader looks; and say it
// to who does not look. It takes a while to arrive, and a chart in it to be drawn.
async function bring(selector) {
  library.voice ??= document.body.appendChild(
    el("div", { role: "status", style: "position:fixed;clip-path:inset(50%);width:1px;height:1px" }));
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  let before = 0;
  for (let wait = 0; wait < 50; wait++) {
    await new Promise((resume) => setTimeout(resume, 100));
    const answer = document.querySelector(selector);
    if (answer && answer.offsetHeight === before) {
      answer.scrollIntoView({ block: "nearest", behavior: smooth ? "smooth" : "auto" });
      library.voice.textContent = answer.innerText.split("\n")[0];
      return;
    }
    before = answer?.offsetHeight ?? 0;
  }
}

// navigator.clipboard exists on https and localhost only; a classroom may be on plain http.
async function copyText(text, root) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { readonly: "" });
    area.value = text;
    root.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

library.views = {};
library.styles = {};
library.words = WORDS;

/* components */

library.mount = (name, component) => {
  const root = component.parentElement;
  root.adoptedStyleSheets = [library.styles[name]];
  [...root.children].find((node) => node.classList.contains("part-failed"))?.remove();
  const [data] = component.data;
  try {
    library.views[name]({ ...component, data });
  } catch (error) {
    fail(root, error);
  }
};

library.unmount = (root) => {
  library.lives.get(root)?.abort();
  library.lives.delete(root);
  library.roots.delete(root);
};
for (const [name, component] of library.pending.splice(0)) library.mount(name, component);

export default function () {}
