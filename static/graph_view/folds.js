// Which boxes of a graph hold others, which of those are open, and where a node is meanwhile.

export function buildFolds() {
  /** @type {Map<string, number>} */
  const open = new Map(); // folds, each with the turn that it shows
  /** @type {Map<string, any>} */
  let boxes = new Map(); // all that were sent, by id
  /** @type {Map<string, { fold: string, turn: number }>} */
  let around = new Map(); // of each box that stands in another; of a line, where it is whole
  let homes = []; // of each node, the number of the innermost fold that was sent
  let tree = ""; // what the folds that are open belong to

  /** Another graph, or the same with other boxes sent. */
  function take(data) {
    if (data.tree !== tree) open.clear();
    if (data.tree !== tree) for (const [id, turn] of Object.entries(data.open ?? {})) open.set(id, turn);
    tree = data.tree;
    boxes = new Map();
    around = new Map();
    homes = data.homes ?? [];
    const gather = (picture, place) => {
      for (const box of picture.boxes) {
        if (box.kind === "port") continue;
        boxes.set(box.id, box);
        if (place) around.set(box.id, place);
        if (box.boxes) gather(box, { fold: box.id, turn: 0 });
        for (const [turn, shown] of Object.entries(box.turns?.shown ?? {})) gather(shown, { fold: box.id, turn: Number(turn) });
      }
      for (const { id, source, target } of picture.links) {
        const isWhole = picture.boxes[source].kind !== "port" && picture.boxes[target].kind !== "port";
        if (place && isWhole) around.set(id, place);
      }
    };
    gather(data, null);
    for (const [id, turn] of Object.entries(data.asked ?? {})) if (boxes.has(id)) open.set(id, turn);
  }

  // The box around a box, a line, or a node that was not sent.
  function outer(id) {
    const known = around.get(id);
    if (known || boxes.has(id)) return known;
    const home = /^node-\d+$/.test(id) ? homes[Number(id.slice(5))] : 0;
    return home ? { fold: `fold-${home}`, turn: -1 } : undefined;
  }

  return {
    open,
    take,
    boxes: () => boxes,
    /** What is drawn in a box: null while it is closed, or where that was not sent. */
    inside(box) {
      const turn = open.get(box.id);
      if (turn === undefined) return null;
      const picture = box.boxes ? box : box.turns?.shown[turn];
      return picture ? { picture, turn, key: `${box.id}.${turn}` } : null;
    },
    /** Whether a node, or a line, is in a box. */
    holds(fold, id) {
      for (let at = outer(id); at; at = outer(at.fold)) if (at.fold === fold) return true;
      return false;
    },
    /** The box that is drawn of a node: its own, or the innermost that holds it. */
    seen(id, drawn) {
      let name = id;
      for (let at = outer(id); at && !drawn.has(name); at = outer(at.fold)) name = at.fold;
      return name;
    },
    /** Open all boxes around something, at its turn. Whether it is to be seen then. */
    openTo(id) {
      for (let at = outer(id); at; at = outer(at.fold)) {
        if (at.turn < 0) return false;
        open.set(at.fold, at.turn);
      }
      return boxes.has(id) || around.has(id);
    },
    /** In boxes that are open, show the turns that something is in. Whether any turn has changed. */
    turnTo(id) {
      let changed = false;
      for (let at = outer(id); at; at = outer(at.fold)) {
        const turn = open.get(at.fold);
        if (turn === undefined || turn === at.turn || at.turn < 0) continue;
        open.set(at.fold, at.turn);
        changed = true;
      }
      return changed;
    },
  };
}
