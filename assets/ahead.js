/* What a click would show is asked for while the pointer rests on a mark, so that it is often there when the click comes. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const REST_MS = 60;
  let resting = null, mark = null;

  /* The pointer is on a mark, whose name tells it from others; step is what a click on it does with the filter. */
  function over(name, step) {
    if (mark === name) return;
    mark = name;
    clearTimeout(resting);
    if (name === null || navigator.connection?.saveData) return;
    resting = setTimeout(() => product.server.foresee(product.state.searchAfter(step)), REST_MS);
  }

  /* Rows of breakdowns. */
  function onMove({ target }) {
    const row = target.closest?.(".dot-row"), dimension = row?.closest("[data-view]").dataset.dimension;
    if (row) over(`${dimension}=${row.dataset.member}`, (filter) => product.filter.click(filter, dimension, row.dataset.member));
    else if (!target.closest?.(".js-plotly-plot")) over(null);
  }

  document.addEventListener("pointermove", onMove, { passive: true });
  document.addEventListener("click", () => { mark = null; clearTimeout(resting); }, true);
  product.ahead = { over };
})(window.product);
