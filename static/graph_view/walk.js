// Where an arrow key leads from a box or a link.

/**
 * Left follows an edge towards the inputs, right towards the loss; up and down go to the neighbours.
 *
 * @param {{ boxes: any[], links: any[] }} scene
 * @param {string} focus  id of a box or a link
 * @param {string} key
 * @returns {string | undefined}
 */
export function neighbour(scene, focus, key) {
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
