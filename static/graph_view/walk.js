// Which keys a graph has, and where an arrow key leads from a box or a link.

/**
 * Enter chooses, t shows the table, and arrows walk; on the frame itself they scroll.
 *
 * @param {HTMLElement} frame
 * @param {Object} graph
 * @param {() => ({ scene: any, focus: string } | null)} graph.at  what is drawn, and where the focus is
 * @param {(id: string) => void} graph.go
 * @param {() => void} graph.choose  what has the focus
 * @param {(by: number) => void} graph.enlarge
 * @param {() => void} graph.fit
 * @param {() => void} graph.table
 */
export function walkByKeys(frame, { at, go, choose, enlarge, fit, table }) {
  frame.addEventListener("keydown", (event) => {
    const here = at();
    if (!here || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const inside = event.target !== frame;
    if (inside && (event.key === "Enter" || event.key === " ")) choose();
    else if (event.key === "+") enlarge(1.25);
    else if (event.key === "-") enlarge(1 / 1.25);
    else if (event.key === "0") fit();
    else if (event.key === "t") table();
    else if (inside && event.key.startsWith("Arrow")) {
      const next = neighbour(here.scene, here.focus, event.key);
      if (next) go(next);
    } else return;
    event.preventDefault();
  });
}

/**
 * Left follows an edge towards the inputs, right towards the loss; up and down go to the neighbours.
 *
 * @param {{ boxes: any[], links: any[] }} scene
 * @param {string} focus  id of a box or a link
 * @param {string} key
 * @returns {string | undefined}
 */
function neighbour(scene, focus, key) {
  const boxes = scene.boxes.map(({ box }) => box);
  const links = scene.links.map(({ link }) => link);
  const link = links.find(({ key }) => key === focus);
  if (link) {
    const around = links.filter(({ source }) => source === link.source);
    const at = around.indexOf(link);
    return {
      ArrowLeft: boxes[link.target].id,
      ArrowRight: boxes[link.source].id,
      ArrowUp: around[at - 1]?.key,
      ArrowDown: around[at + 1]?.key,
    }[key];
  }
  const here = boxes.findIndex(({ id }) => id === focus);
  const layer = boxes
    .filter((box) => box.layer === boxes[here].layer)
    .sort((one, two) => one.slot - two.slot);
  const at = layer.findIndex(({ id }) => id === focus);
  return {
    ArrowLeft: links.find(({ source }) => source === here)?.key,
    ArrowRight: links.find(({ target }) => target === here)?.key,
    ArrowUp: layer[at - 1]?.id,
    ArrowDown: layer[at + 1]?.id,
  }[key];
}
