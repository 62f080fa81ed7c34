"""JavaScript that a page runs before its own: it notes when messages arrive and the page changes.

window.meter.rest(quiet)   resolves once the page has been at rest for so many milliseconds; a chart
                           whose library the browser is still fetching is not at rest
window.meter.armed = true  starts the clock at the next key that is pressed
window.meter.sockets       how many websockets the page has opened
"""

METER = """
(() => {
  const meter = (window.meter = { last: 0, first: 0, arrivals: [], sent: 0, sockets: 0 });
  const watch = new MutationObserver(() => {
    const now = performance.now();
    meter.last = now;
    if (meter.arrivals.length > 0 && !meter.first) meter.first = now;
  });
  const all = { childList: true, characterData: true, attributes: true, subtree: true };
  watch.observe(document, all);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch.observe(root, all);
    return root;
  };
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) {
      meter.last = Math.max(meter.last, task.startTime + task.duration);
    }
  }).observe({ type: "longtask" });
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      meter.sockets += 1;
      this.addEventListener("message", (event) => {
        meter.arrivals.push([performance.now(), event.data.byteLength ?? event.data.size]);
      });
    }
    send(data) {
      meter.sent ||= performance.now();
      super.send(data);
    }
  };
  addEventListener("keydown", () => {
    if (!meter.armed) return;
    Object.assign(meter, { armed: false, start: performance.now(), first: 0, sent: 0 });
    meter.arrivals = [];
  }, true);
  meter.rest = (quiet) => new Promise((done) => {
    const look = () => {
      const arrived = meter.arrivals.length ? meter.arrivals.at(-1)[0] : Infinity;
      const running = document.querySelector(
        "[data-test-script-state=running], [data-testid=stSkeleton],"
        + " [data-testid=stPlotlyChart]:not(:has(.main-svg))");
      const idle = performance.now() - Math.max(meter.last, arrived);
      if (idle < quiet || !Number.isFinite(arrived) || running) return setTimeout(look, 20);
      done({
        sent: meter.sent - meter.start,
        served: arrived - meter.start,
        first: meter.first - meter.start,
        settled: Math.max(meter.last, arrived) - meter.start,
        bytes: meter.arrivals.reduce((sum, [, size]) => sum + size, 0),
      });
    };
    look();
  });
})();
"""
