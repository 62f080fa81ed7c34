// Across the layers of a graph: how far slots are apart, and where lines meet a box.

export const PORT = 24; // between two links on one side of a box
export const FULL = 12; // links on the side of a box that is as large as can be: more stand closer

const BESIDE = 8; // between a box and a line that passes it

/**
 * The places of slots where some boxes are open, and take more room than others: all that stands
 * beyond one of them, in whatever layer, moves aside.
 *
 * @param {{ slot: number, need: number }[]} wide  the slots of open boxes, and the px that they take
 * @param {number} pitch  what a slot takes elsewhere
 * @returns {(slot: number) => number}
 */
export function stretched(wide, pitch) {
  const ends = [...new Set(wide.flatMap(({ slot }) => [slot - 0.5, slot + 0.5]))].sort((a, b) => a - b);
  const parts = ends.slice(1).map((end, i) => {
    const begin = ends[i];
    const over = wide.filter(({ slot }) => slot - 0.5 <= begin && slot + 0.5 >= end);
    return { begin, end, more: Math.max(0, ...over.map(({ need }) => need - pitch)) };
  });
  return (slot) => parts.reduce(
    (at, { begin, end, more }) => at + more * Math.max(0, Math.min(slot, end) - begin), slot * pitch);
}

// What one slot has to measure so that no box touches its neighbours. A box with many links is
// large, but in most layers it stands alone: boxes elsewhere need not be as far apart.
export function crowding(data, breadths, between) {
  const layers = [];
  data.boxes.forEach((box, i) => (layers[box.layer] ??= []).push([box.slot, breadths[i]]));
  for (const link of data.links) {
    link.bends.forEach((slot, i) => layers[data.boxes[link.source].layer + 1 + i]?.push([slot, 0]));
  }
  let most = PORT;
  for (const row of layers) {
    row.sort(([one], [two]) => one - two);
    for (let i = 1; i < row.length; i++) {
      const [[before, one], [after, two]] = [row[i - 1], row[i]];
      // Lines and boxes that say None may stand closer than 1; the numbers sent are rounded.
      const distance = Math.max(0.7, after - before + 0.001);
      if (one + two > 0) most = Math.max(most, ((one + two) / 2 + (one && two ? between : BESIDE)) / distance);
    }
  }
  return most;
}

// Several links on one side of a box share it, in the order of where they come from.
export function portsOf(data) {
  const most = data.boxes.map(() => 1);
  const share = (own, far) => {
    const places = data.links.map(() => 0);
    data.boxes.forEach((_, i) => {
      const here = data.links.map((link, k) => [link, k]).filter(([link]) => link[own] === i);
      here.sort(([one], [two]) => far(one) - far(two));
      here.forEach(([, k], n) => (places[k] = n - (here.length - 1) / 2));
      most[i] = Math.max(most[i], here.length);
    });
    return places;
  };
  return {
    leaving: share("source", (link) => link.bends.at(0) ?? data.boxes[link.target].slot),
    entering: share("target", (link) => link.bends.at(-1) ?? data.boxes[link.source].slot),
    most,
  };
}
