// A text area, until CodeMirror is there, and for good where it cannot be loaded. Tab leaves it.

import { el } from "../elements.js";

/**
 * @param {string} label
 * @param {import("./code.js").On} on
 */
export function buildPlain(label, on) {
  const node = el("textarea", {
    class: "plain", spellcheck: "false", autocomplete: "off", autocapitalize: "off", autocorrect: "off",
    wrap: "off", rows: 18, "aria-label": label,
  });
  node.addEventListener("input", on.change);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      on.run();
    }
  });
  return {
    node,
    text: () => node.value,
    /** @param {string} text */
    put: (text) => {
      node.value = text;
    },
    /** @param {{ label: string }} words */
    speak: (words) => node.setAttribute("aria-label", words.label),
    /** @param {import("./results.js").Results} _shown */
    show: (_shown) => {},
    /** @param {number} _number */
    reveal: (_number) => {},
    focus: () => node.focus(),
    destroy: () => {},
  };
}
