// Put in front of every view.js: components v2 take one module each and cannot share one.

const viewsByRoot = new WeakMap();

// The view built for this mount, which outlives updates; its DOM is never thrown away.
function viewOf(root, build) {
  if (!viewsByRoot.has(root)) viewsByRoot.set(root, build(root));
  return viewsByRoot.get(root);
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

