// Sent with every update of every component. The views may arrive later.

/** @param {import("./mounting.js").Component} component */
export default (component) => {
  const app = (globalThis.autogradExplorer ??= { pending: [] });
  if (app.mount) app.mount(component);
  else app.pending.push(component);
  return () => app.unmount?.(component.parentElement);
};
