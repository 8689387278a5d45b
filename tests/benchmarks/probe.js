/* Notes when what a reader looks at was last repainted. Loaded before the page's own scripts, the same for every contender.

   A gesture begins with the release of the mouse button. A chart is repainted two animation frames after the last change of
   the document within it; the gesture ends with the last one of the charts in sight. It is over when for some ticks of a
   timer nothing changed in any chart or number, and no request is under way. */
(function () {
  "use strict";
  const TICK_MS = 40, QUIET_TICKS = 8;
  const NOT_DRAWN = ".hoverlayer", NOT_SEEN = ["data-dash-is-loading", "aria-busy"];
  const { charts, kpis } = window.__contender;
  let start = 0, isArmed = false, texts = null, kpi = null, repaints = new Map(), underWay = 0, quiet = 0;

  const now = () => performance.now();
  const inFrames = (work) => requestAnimationFrame(() => requestAnimationFrame(work));
  const words = () => [...document.querySelectorAll(kpis)].map((node) => node.textContent).join("\n");

  const fetchAsIs = window.fetch.bind(window);
  window.fetch = async (...given) => {
    underWay += 1;
    try { return await fetchAsIs(...given); } finally { underWay -= 1; quiet = 0; }
  };

  function isInSight(node) {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  }

  function nodeOf(change) {
    const node = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
    return node && !node.closest(NOT_DRAWN) && !NOT_SEEN.includes(change.attributeName) ? node : null;
  }

  function changed(changes) {
    const nodes = new Set(changes.map(nodeOf).filter(Boolean));
    const drawn = new Set([...nodes].map((node) => node.closest(charts)).filter(Boolean));
    const told = [...nodes].some((node) => node.closest(kpis) || node.querySelector(kpis));
    if (!drawn.size && !told) return;
    quiet = 0;
    const isNew = told && kpi === null && /\d/.test(words()) && words() !== texts;
    if (isNew) kpi = 0;
    inFrames(() => {
      if (isNew) kpi = now();
      for (const chart of drawn) if (isInSight(chart)) repaints.set(chart, now());
    });
  }

  new MutationObserver(changed).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener("mouseup", (event) => {
    if (isArmed && event.isTrusted) { start = event.timeStamp; isArmed = false; }
  }, true);

  function arm() {
    [isArmed, kpi, texts, repaints, quiet] = [true, null, words(), new Map(), 0];
  }

  function settled() {
    return new Promise((done) => {
      quiet = 0;
      const clock = setInterval(() => {
        quiet = underWay ? 0 : quiet + 1;
        if (quiet < QUIET_TICKS) return;
        clearInterval(clock);
        done();
      }, TICK_MS);
    });
  }

  async function outcome() {
    await settled();
    const ends = [...repaints.values()].map((end) => end - start);
    return { first_kpi_ms: kpi ? kpi - start : null, last_chart_ms: Math.max(0, ...ends), n_charts: ends.length, ends_ms: ends };
  }

  window.__probe = { arm, settled, outcome };
})();
