// Streamlit tells the page that holds it in a frame of each of its steps, by a message. Where no page
// does, it holds itself, and weighs word for word what it has just said, five times an update: 3 of
// the 50 ms that a chosen node takes. Nobody is waiting for these messages then.

/** Have what a page tells itself end here. */
export function hearNoEcho() {
  if (window.parent !== window) return;
  addEventListener("message", (event) => {
    if (event.source === window && event.data?.stCommVersion) event.stopImmediatePropagation();
  }, true);
}
