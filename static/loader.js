// Loads the views. The frame sends this itself, so that it is as new as the page.
//
// Streamlit serves static/ with an ETag and a date, but without a Cache-Control: a browser may keep
// a file for as long as it likes, and would run last week's modules with today's data. A version in
// the address would not pass on to what a module imports. So whoever meets a version for the first
// time reads every file anew, past the cache and into it.

/** @param {{ data: [import("./frame.js").Frame] }} component */
export default ({ data: [frame] }) => {
  document.documentElement.lang = frame.language;
  const app = (globalThis.autogradExplorer ??= { pending: [] });
  if (app.version === frame.version) return;
  if (app.version) {
    renew();
    return;
  }
  app.version = frame.version;
  restrict(frame.policy);
  load(frame).catch((error) => {
    console.error(error);
    app.mount = ({ parentElement }) => {
      const told = document.createElement("p");
      told.role = "alert";
      told.textContent = frame.words[document.documentElement.lang].part_failed;
      parentElement.replaceChildren(told);
    };
    for (const component of app.pending.splice(0)) app.mount(component);
  });
};

/**
 * The server says the same with every answer, but not before its first session, and whatever stands
 * between it and the reader may take it away.
 *
 * @param {string} policy
 */
function restrict(policy) {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy.replaceAll("{host}", location.host);
  document.head.append(meta);
}

/** @param {import("./frame.js").Frame} frame */
async function load(frame) {
  const folder = new URL("app/static/", document.baseURI);
  const key = `autograd-explorer ${folder.pathname}`;
  const cache = remembered(key) === frame.version ? "default" : "reload";
  const headers = { "X-Version": frame.version }; // for deploy/nginx.conf, which keeps files too
  // All at once: imports alone would be found one level after the other.
  await Promise.all(
    frame.files.map(async (file) => {
      const answer = await fetch(new URL(file, folder), { cache, headers });
      if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
      await answer.arrayBuffer(); // only what has been read to its end is kept
    }),
  );
  remember(key, frame.version);
  const main = await import(new URL("main.js", folder).href);
  await main.start(frame);
}

/**
 * The page was open while the server was renewed. What a reader has chosen or written is in the
 * address, at the latest when the script has ended.
 */
function renew() {
  if (document.querySelector("[data-test-script-state=running]")) setTimeout(renew, 100);
  else location.reload();
}

/** @param {string} key */
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser may keep nothing
  }
}

/**
 * @param {string} key
 * @param {string} version
 */
function remember(key, version) {
  try {
    localStorage.setItem(key, version);
  } catch {
    // then the next page reads all files anew, too
  }
}
