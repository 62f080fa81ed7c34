// The code of every component, mounted once by the frame. Each component's own files run in a
// scope of their own, with these helpers around them.

const library = (globalThis.autogradExplorer ??= { pending: [], roots: new WeakMap() });
library.roots ??= new WeakMap();

// The view built for this mount, which outlives updates; its DOM is never thrown away.
function viewOf(root, build) {
  if (!library.roots.has(root)) library.roots.set(root, build(root));
  return library.roots.get(root);
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
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now !== width) then((width = now));
  }).observe(element);
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
  document.addEventListener("autograd-explorer:light", (event) => listener(event.detail));
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

/* components */

library.mount = (name, component) => {
  component.parentElement.adoptedStyleSheets = [library.styles[name]];
  const [data] = component.data;
  library.views[name]({ ...component, data });
};
for (const [name, component] of library.pending.splice(0)) library.mount(name, component);

export default function () {}
