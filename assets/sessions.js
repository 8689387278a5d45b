/* The sessions themselves: a grid of AG Grid that asks the server for the rows in sight, under the filter in force. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const GRID = "sessions-grid", SORT = "sessions-sort", FIND = "sessions-find", ROWS = 100, SIDES_PX = 300;
  const OPTIONS = {
    cacheBlockSize: ROWS, maxBlocksInCache: 20, maxConcurrentDatasourceRequests: 2, blockLoadDebounceMillis: 60, rowBuffer: 10,
    rowHeight: 34, headerHeight: 38, suppressOverlays: ["noRows", "loading"], suppressMultiSort: true, suppressCellFocus: false,
    suppressFieldDotNotation: true, suppressDragLeaveHidesColumns: true, enableCellTextSelection: true, ensureDomOrder: true,
  };
  const at = (id) => document.getElementById(id);
  const card = () => at("card-sessions");
  let api = null, mounting = null, shown = null, first = null, asking = new Set();

  /* What the grid shows, but for the rows in sight. */
  function query() {
    const { [SORT]: sort, [FIND]: find } = product.state.options, { filter } = product.state;
    const more = [sort && `sort=${encodeURIComponent(sort)}`, find && `find=${encodeURIComponent(find)}`];
    return [product.filter.toQuery(filter), ...more].filter(Boolean).join("&");
  }

  async function fetchRows(from, n) {
    const mine = new AbortController();
    asking.add(mine);
    try {
      const answer = await fetch(`/api/v1/sessions?${[query(), `first=${from}`, `n=${n}`].filter(Boolean).join("&")}`, { signal: mine.signal });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.detail || `the server failed (${answer.status})`);
      return found;
    } finally {
      asking.delete(mine);
    }
  }

  function forget() {
    asking.forEach((one) => one.abort());
    asking = new Set();
    first = null;
  }

  async function getRows({ startRow, endRow, successCallback, failCallback }) {
    const asked = shown;
    try {
      const found = await (startRow === 0 && first ? first : fetchRows(startRow, endRow - startRow));
      if (asked !== shown) return failCallback();
      if (startRow === 0) tell(found);
      successCallback(found.rows, found.n_sessions);
    } catch (error) {
      failCallback();
      if (asked === shown && error.name !== "AbortError") fail(error);
    }
  }

  function tell(found) {
    const n = product.format.count(found.n_sessions), isOne = found.n_sessions === 1;
    at("sessions-count").textContent = `${n} session${isOne ? " matches" : "s match"}`;
    const asked = product.state.options[FIND];
    say(found.n_sessions || !asked ? "" : `No session or user in this selection has the id ${asked}.`, "Show all", () => product.state.choose(FIND, "", true));
  }

  function fail(error) {
    at("sessions-count").textContent = "";
    say(`The sessions could not be fetched: ${error.message}.`, "Try again", () => { shown = null; follow(); });
  }

  /* A sentence in place of rows, with a way on; an empty one shows the rows again. */
  function say(text, label, onclick) {
    const box = at("sessions-state");
    box.hidden = !text;
    card().querySelector(".grid-frame").classList.remove("skeleton");
    if (!text) return box.replaceChildren();
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label, onclick });
    box.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }), button);
  }

  const script = (src) => new Promise((resolve, reject) => {
    const failed = () => reject(new Error("its script did not arrive"));
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: failed }));
  });

  /* Once, when the card first comes into sight: the script, the first rows and the grid around them. */
  async function mount() {
    shown = `${product.version()} ${query()}`;
    first = fetchRows(0, ROWS);
    const loaded = window.dash_ag_grid || script(card().dataset.script);
    const [found] = await Promise.all([first, loaded]);
    const props = { id: GRID, rowModelType: "infinite", dashGridOptions: OPTIONS, style: { height: "100%" } };
    window.dash_clientside.set_props("sessions-place", { children: { namespace: "dash_ag_grid", type: "AgGrid", props } });
    const made = await window.dash_ag_grid.getApiAsync(GRID);
    /* dash-ag-grid 35.3 puts in a source of its own once the grid is ready; ours comes after it. */
    while (!made.getGridOption("datasource")) await new Promise(requestAnimationFrame);
    for (const step of ["tabToNextCell", "tabToNextHeader"]) made.setGridOption(step, () => false);
    made.setGridOption("columnDefs", product.sessionColumns.of(found, product.state.options[SORT] || ""));
    made.addEventListener("sortChanged", ({ source }) => source !== "api" && onSort());
    api = made;
    api.setGridOption("datasource", { getRows });
  }

  function onSort() {
    const [sorted] = api.getColumnState().filter((column) => column.sort);
    const text = sorted ? (sorted.sort === "desc" ? "-" : "") + sorted.colId : "";
    if (text !== (product.state.options[SORT] || "")) product.state.choose(SORT, text, !text);
  }

  function paintSort() {
    const wanted = product.state.options[SORT] || "", sort = wanted.startsWith("-") ? "desc" : "asc";
    const state = wanted ? [{ colId: wanted.replace(/^-/, ""), sort }] : [];
    api.applyColumnState({ state, defaultState: { sort: null } });
  }

  const isInSight = () => {
    const box = card()?.getBoundingClientRect();
    return Boolean(box?.height) && box.top < innerHeight + SIDES_PX && box.bottom > -SIDES_PX;
  };

  /* Show the rows of the filter, sort and version of now; what was asked for before is dropped. */
  function follow() {
    if (!card() || !product.isCurrent()) return;
    links();
    const wanted = `${product.version()} ${query()}`;
    if (wanted === shown || !isInSight()) return;
    if (!api) return void (mounting ||= mount().catch(fail).finally(() => { mounting = null; if (api) follow(); }));
    forget();
    shown = wanted;
    say("");
    paintSort();
    product.sessionColumns.mark();
    if (api.getDisplayedRowCount()) api.ensureIndexVisible(0);
    api.purgeInfiniteCache();
  }

  function links() {
    const text = query();
    for (const kind of ["csv", "zip"]) at(`sessions-${kind}`).href = `/api/v1/sessions.${kind}${text && "?" + text}`;
    const box = at("sessions-find").firstElementChild;
    if (box && box !== document.activeElement) box.value = product.state.options[FIND] || "";
  }

  function setUp() {
    if (!card()) return;
    const search = Object.assign(document.createElement("input"), { type: "search", className: "search", placeholder: card().dataset.find, value: product.state.options[FIND] || "" });
    search.onchange = () => product.state.choose(FIND, search.value.trim(), !search.value.trim());
    search.onsearch = search.onchange;
    at("sessions-find").append(search);
    new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && follow(), { rootMargin: `${SIDES_PX}px` }).observe(card());
  }

  product.sessions = { setUp, follow };
})(window.product);
