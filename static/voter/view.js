// Tells the page which browser this is, so that whoever loads it anew has one hand still. It is a
// random number, kept by the browser, and a new one in each room: it says nothing of anybody.

import { viewOf } from "../life.js";

const KEPT = "autograd-explorer:voter";

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, () => ({ told: "" }));
  if (view.told === data.room) return;
  view.told = data.room;
  setTriggerValue("voter", tokenOf(data.room));
}

/** @param {string} room */
function tokenOf(room) {
  const made = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    const [where, token] = (localStorage.getItem(KEPT) ?? "").split(" ");
    if (where === room && token) return token;
    localStorage.setItem(KEPT, `${room} ${made}`);
  } catch {
    // A browser may refuse to keep anything; then each visit is another voter.
  }
  return made;
}
