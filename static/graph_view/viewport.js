// Which part of the picture is seen, and how large: zooming, panning, and a small overview.

import { svg, el } from "../elements.js";
import { listen } from "../life.js";
import { TIGHTEST } from "./measure.js";

const TIGHTEST_PROJECTED = 20.1 / 22; // of 22 px for the smallest type, to be read from afar
const OVERVIEW = { wide: 240, high: 56, least: 28 }; // px
const MANY = 30; // boxes that an overview is for; projected, in large type, fewer do not fit
const BEYOND = 26; // px by which a shadow enters at an edge of the frame where more of the picture lies

/**
 * @param {HTMLElement} frame
 * @param {SVGSVGElement} picture
 */
export function buildViewport(frame, picture) {
  const shade = el("div", { class: "beyond" });
  const stage = el("div", { class: "stage" }, frame, shade);
  const area = svg("path", { class: "all" });
  const window = svg("rect", { class: "seen" });
  const overview = svg("svg", { class: "overview", "aria-hidden": "true", preserveAspectRatio: "none" }, area, window);
  /** @type {{ width: number, height: number, boxes: any[], folded?: boolean }} */
  let placed = { width: 1, height: 1, boxes: [] };
  let opening = 1; // the scale that a graph opens with
  let projected = false;
  /** @type {number | null} */
  let zoom = null; // null is the opening scale, 0 fits all of the picture

  function whole() {
    const style = getComputedStyle(frame);
    const around = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const high = (parseFloat(style.maxHeight) || frame.clientHeight) - around;
    return Math.min(opening, (frame.offsetWidth - 1) / placed.width, (high - 1) / placed.height); // what is rounded up would scroll
  }
  const scale = () => zoom || (zoom === 0 ? whole() : opening);

  function size() {
    picture.style.width = `${placed.width * scale()}px`;
    picture.style.height = `${placed.height * scale()}px`;
  }

  // What stands in the middle of the frame stays there.
  function rescale(to) {
    const middle = [frame.scrollLeft + frame.clientWidth / 2, frame.scrollTop + frame.clientHeight / 2];
    const before = picture.clientWidth || 1;
    zoom = to && Math.max(Math.min(0.2, whole()), Math.min(3, to));
    size();
    centre(...middle.map((at) => (at * picture.clientWidth) / before));
    look();
  }

  function centre(x, y) {
    frame.scrollLeft = x - frame.clientWidth / 2;
    frame.scrollTop = y - frame.clientHeight / 2;
  }

  // Another picture, or the same in another shape. It opens at the usual scale, or at a little less
  // where all of it is then seen, or at least all of its breadth.
  function take(next, usual) {
    placed = next;
    opening = usual;
    projected = usual !== 1;
    const least = usual * (usual === 1 ? TIGHTEST : TIGHTEST_PROJECTED);
    const broad = usual === 1 ? Math.min(1, (frame.offsetWidth - 1) / placed.width) : 0;
    opening = [whole(), broad].find((scale) => scale >= least) ?? usual;
    picture.setAttribute("viewBox", `0 0 ${placed.width} ${placed.height}`);
    size();
    const small = Math.min(OVERVIEW.wide / placed.width, OVERVIEW.high / placed.height);
    overview.setAttribute("viewBox", `0 0 ${placed.width} ${placed.height}`);
    overview.style.width = `${Math.max(OVERVIEW.least, placed.width * small)}px`;
    overview.style.height = `${Math.max(OVERVIEW.least, placed.height * small)}px`;
    area.setAttribute("d", placed.boxes.filter(({ at }) => !at.open).map(({ at }) =>
      `M${at.x - at.wide / 2} ${at.y - at.high / 2} h${at.wide} v${at.high} h${-at.wide} Z`).join(""));
    look();
  }

  // Where the frame stands on the picture.
  function look() {
    const [left, up] = [frame.scrollLeft, frame.scrollTop];
    const right = frame.scrollWidth - frame.clientWidth - left;
    const down = frame.scrollHeight - frame.clientHeight - up;
    for (const [side, more] of Object.entries({ left, right, up, down })) {
      shade.style.setProperty(`--${side}`, more > 1 ? `${BEYOND}px` : "0px");
    }
    const all = Math.max(left + right, up + down) <= 1;
    frame.tabIndex = all ? -1 : 0; // so that its scrolling can be reached by keys
    overview.toggleAttribute("hidden", all || (!projected && !placed.folded && placed.boxes.length < MANY));
    const by = scale();
    for (const [name, value] of Object.entries({
      x: left / by, y: up / by, width: frame.clientWidth / by, height: frame.clientHeight / by,
    })) window.setAttribute(name, String(value));
  }
  frame.addEventListener("scroll", look, { passive: true });

  /** @param {PointerEvent} event */
  function go(event) {
    if (!event.buttons) return;
    const { left, top, width, height } = overview.getBoundingClientRect();
    centre(
      ((event.clientX - left) / width) * placed.width * scale(),
      ((event.clientY - top) / height) * placed.height * scale(),
    );
    event.preventDefault();
  }
  overview.addEventListener("pointerdown", (event) => {
    overview.setPointerCapture(event.pointerId);
    go(event);
  });
  overview.addEventListener("pointermove", go);

  // A press that moves pans, one that does not selects.
  /** @type {{ x: number, y: number, left: number, top: number } | null} */
  let pan = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button) return;
    pan = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!pan) return;
    frame.scrollLeft = pan.left + pan.x - event.clientX;
    frame.scrollTop = pan.top + pan.y - event.clientY;
  });
  frame.addEventListener("pointerup", (event) => {
    const moved = pan && Math.hypot(event.clientX - pan.x, event.clientY - pan.y) > 4;
    pan = null;
    frame.dataset.moved = moved ? "yes" : "";
  });
  frame.addEventListener("pointerleave", () => (pan = null));
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    rescale(scale() * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  listen(document, "fullscreenchange", () => rescale(zoom));

  return {
    stage,
    overview,
    take,
    enlarge: (by) => rescale(scale() * by),
    fit: () => rescale(0),
    show: ({ x, y }) => centre(x * scale(), y * scale()),
    /** Scroll to a box that is not seen whole. */
    attend: ({ x, y, wide, high }, still) => {
      const by = scale();
      const { scrollLeft: left, scrollTop: up, clientWidth: seen, clientHeight: tall } = frame;
      const inside = (at, size, from, room) => (at - size / 2) * by >= from && (at + size / 2) * by <= from + room;
      if (inside(x, wide, left, seen) && inside(y, high, up, tall)) return;
      const to = { left: x * by - seen / 2, top: y * by - tall / 2 };
      frame.scrollTo({ ...to, behavior: still ? "auto" : "smooth" });
    },
    /**
     * A point of the picture stays where it is seen while the picture changes, its scale included. The
     * frame may move as well, where an overview is shown above it from now on.
     *
     * @param {() => number[]} point
     * @param {() => void} change
     */
    keep(point, change) {
      const where = () => {
        const { left, top } = picture.getBoundingClientRect();
        const [x, y] = point();
        return [left + x * scale(), top + y * scale()];
      };
      const before = where();
      change();
      const [x, y] = where();
      frame.scrollBy(x - before[0], y - before[1]);
    },
  };
}
