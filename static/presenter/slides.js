// Which parts of the page are slides, and which of them is seen. The address says so by a number
// that nobody but this module writes: to go on to another slide asks nothing of the server, and so
// the server, when it writes the address, writes it without.

import { listen, whenGone } from "../life.js";
import { onBring } from "../page.js";

const OF_STREAMLIT = '[class*="st-key-slide-"]'; // components/board/ makes these, and .slide
const SLIDES = `${OF_STREAMLIT}, .board .slide, .board > *, .board .column:has(.slide) > *`;
const HOLDS = `${OF_STREAMLIT}, .slide`;
const SOON = 250; // ms in which nothing more has come
const SCREEN = { wide: 1280, high: 720, zoom: 1.6 }; // px, on which type is so much larger than on a desk

/** @returns {HTMLElement[]} */
function find() {
  const found = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(SLIDES)]).filter((node) =>
    !node.parentElement?.closest(HOLDS) // of slides in one another it is the outermost
    && (node.matches(HOLDS) || !node.querySelector(HOLDS)) // columns that hold slides are none
    && !node.matches(".prose:has(> details:only-child)") // numbers behind a line are for a desk
    && (node.childElementCount > 0 || node.shadowRoot !== null));
  // Slides in the same columns may have an order of their own.
  const group = (node) => node.closest(".board > *") ?? node;
  const first = new Map(found.toReversed().map((node, i) => [group(node), found.length - 1 - i]));
  const rank = (node) => Number(first.get(group(node))) + (Number(node.dataset.order ?? 0) + 1) / 1000;
  return found.toSorted((one, other) => rank(one) - rank(other));
}

/** @param {string} key */
const said = (key) => new URLSearchParams(location.search).get(key);

function asked() {
  const given = said("slide") ?? "1";
  return given === "last" ? Infinity : Math.max(1, Number(given) || 1);
}

/** @param {() => void} changed  is called when another slide is seen, or there are more or fewer */
export function buildSlides(changed) {
  /** @type {HTMLElement[]} */
  let slides = [];
  /** @type {HTMLElement | null} */
  let current = null;
  // Whether it is known which element is seen. Until all of the page is there, a number only.
  let settled = false;
  let told = "";
  let page = said("page"); // that these slides are of

  const app = document.querySelector("[data-testid=stApp]");
  const busy = () => app?.getAttribute("data-test-script-state") !== "notRunning";
  let waiting = 0;
  whenGone(() => clearTimeout(waiting));

  /** @param {boolean} [complete]  whether no more slides are awaited */
  function look(complete = false) {
    slides = find();
    clearTimeout(waiting);
    if (!settled || !current || !slides.includes(current)) {
      const wanted = asked();
      // What is asked for may be still to come: until then it is the title, which is there first.
      // Components are drawn a little later than the server says that it is ready.
      const waits = wanted > slides.length && !complete;
      if (!complete && !busy()) waiting = setTimeout(() => look(true), SOON);
      current = slides[waits ? 0 : Math.min(wanted, slides.length) - 1] ?? null;
      settled = current !== null && complete;
    }
    for (const node of document.querySelectorAll("[data-current]")) {
      if (node !== current) node.removeAttribute("data-current");
    }
    if (!current) return;
    if (!current.hasAttribute("data-current")) {
      current.setAttribute("data-current", "");
      const folded = current.closest("details") ?? current.querySelector(":scope > details.section");
      if (folded instanceof HTMLDetailsElement) folded.open = true;
    }
    if (settled) write();
    const now = `${place()} ${slides.length}`;
    if (now !== told) changed();
    told = now;
  }
  const place = () => (current ? slides.indexOf(current) + 1 : 0);

  /** @param {HTMLElement} slide */
  function show(slide) {
    current = slide;
    settled = true;
    look();
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  }

  function write() {
    const number = String(place());
    if (!said("present") || said("page") !== page || (said("slide") ?? "1") === number) return;
    const there = new URL(location.href);
    there.searchParams.set("slide", number);
    history.replaceState(history.state, "", there);
  }

  const watching = new MutationObserver(() => look());
  watching.observe(app ?? document.body, {
    childList: true, subtree: true, attributeFilter: ["data-test-script-state"],
  });
  whenGone(() => watching.disconnect());
  listen(globalThis, "popstate", () => turn());
  onBring((answer) => {
    const slide = slides.find((one) => one.contains(answer));
    if (slide && slide !== current) show(slide);
  });

  // As many px of the screen for each of the page's, so that a slide looks alike on all projectors.
  function fit() {
    const by = SCREEN.zoom * Math.min(innerWidth / SCREEN.wide, innerHeight / SCREEN.high);
    document.documentElement.style.setProperty("--zoom", Math.max(1, by).toFixed(3));
  }
  listen(globalThis, "resize", fit);
  whenGone(() => document.documentElement.style.removeProperty("--zoom"));
  fit();

  /** To what the address says, on another page for example. */
  function turn() {
    settled = false;
    page = said("page");
    look();
  }
  return {
    turn,
    place,
    count: () => slides.length,
    settled: () => settled,
    /** @param {number} by */
    go(by) {
      const next = slides[place() - 1 + by];
      if (next) show(next);
      return next !== undefined;
    },
  };
}
