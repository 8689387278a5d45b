/* The table twin of a card: its numbers in place of its chart, following every filter. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const LEAST_PX = 240, OF_AN_ESTIMATE = ["value", "low", "high", "n"];
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  const isShown = (card) => card.classList.contains("as-table");
  const shown = () => [...document.querySelectorAll(".as-table")].filter((card) => !card.closest("[hidden]"));

  function toggle(card) {
    if (isShown(card)) return hide(card);
    const height = Math.max(LEAST_PX, card.querySelector(".paint")?.offsetHeight ?? card.offsetHeight);
    const twin = make("div", "twin"), scroller = make("div", "twin-rows");
    twin.style.setProperty("--height", `${height}px`);
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "group");
    scroller.setAttribute("aria-label", `${card.dataset.title} as a table`);
    twin.append(scroller, make("p", "twin-note"));
    card.append(twin);
    card.classList.add("as-table");
    card.twinOf = null;
    follow(card);
  }

  function hide(card) {
    card.classList.remove("as-table");
    card.querySelector(".twin").remove();
    product.page.repaint(card);
  }

  /* Fetch the numbers for what the page shows now; an answer for anything else is dropped. */
  async function follow(card) {
    const asked = `${product.version()}${location.search}`;
    if (card.twinOf === asked) return;
    card.twinOf = asked;
    const scroller = card.querySelector(".twin-rows");
    scroller.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`/cards/${encodeURIComponent(card.dataset.view)}.json${location.search}`);
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.error);
      if (card.twinOf === asked) paint(card, found);
    } catch (error) {
      if (card.twinOf === asked) tell(card, error);
    }
    if (card.twinOf === asked) scroller.removeAttribute("aria-busy");
  }

  function tell(card, error) {
    card.twinOf = null;
    card.querySelector(".twin-note").textContent = `The table could not be fetched (${error.message}).`;
  }

  function paint(card, found) {
    if (!isShown(card)) return;
    const rest = found.n_rows > found.rows.length;
    card.querySelector(".twin-rows").replaceChildren(tableOf(found));
    card.querySelector(".twin-note").textContent = rest
      ? `The first ${product.format.count(found.rows.length)} of ${product.format.count(found.n_rows)} rows; a download holds all.` : "";
  }

  function tableOf(found) {
    const table = make("table", ""), head = make("thead", ""), body = make("tbody", "");
    const hidden = found.columns.some((column) => column.unit.startsWith("metric")) ? "unit" : null;
    const places = found.columns.map((column, place) => place).filter((place) => found.columns[place].name !== hidden);
    head.append(...headRows(places.map((place) => found.columns[place])));
    body.append(...found.rows.map((row) => rowOf(row, places, found.columns)));
    table.append(make("caption", "", `${found.title}: ${found.filter_text}`), head, body);
    return table;
  }

  /* Whether the columns from here are value, both ends and n of one estimate. */
  const isEstimate = (columns, at) => ["low", "high", "n"].every((end, i) => columns[at + 1 + i]?.name === `${columns[at].name}_${end}`);

  function headRows(columns) {
    const upper = make("tr", ""), lower = make("tr", "");
    for (let at = 0; at < columns.length; at++) {
      const isGroup = isEstimate(columns, at);
      upper.append(heading(columns[at], isGroup));
      if (!isGroup) continue;
      lower.append(...OF_AN_ESTIMATE.map((word, i) => label("col", i ? "number" : "number first", word)));
      at += 3;
    }
    if (lower.childElementCount) for (const cell of upper.children) if (cell.scope === "col") cell.rowSpan = 2;
    return lower.childElementCount ? [upper, lower] : [upper];
  }

  function heading(column, isGroup) {
    const cell = label(isGroup ? "colgroup" : "col", isGroup ? "group first" : isText(column) ? "" : "number", column.label);
    if (isGroup) cell.colSpan = OF_AN_ESTIMATE.length;
    if (column.description) cell.dataset.tip = column.description;
    return cell;
  }

  const label = (scope, className, text) => Object.assign(make("th", className, text), { scope });
  const isText = (column) => column.unit === "text" || column.unit === "day";

  function rowOf(row, places, columns) {
    const line = make("tr", ""), unit = row[columns.findIndex((column) => column.name === "unit")];
    const cells = places.map((place) => {
      const column = columns[place], isFirst = isEstimate(columns, place) ? " first" : "";
      return place === places[0] ? label("row", "", words(row[place], column, unit)) : make("td", isText(column) ? "" : `number${isFirst}`, words(row[place], column, unit));
    });
    line.append(...cells);
    return line;
  }

  const signed = (value, text) => (value > 0 ? "+" : "") + text;

  /* A cell as people read it; see dashboard.table.unit_of. */
  function words(cell, column, rowUnit) {
    const isDifference = column.unit === "metric_difference";
    const unit = isDifference && rowUnit === "fraction" ? "points" : column.unit.startsWith("metric") ? rowUnit : column.unit;
    if (cell === null) return "–";
    if (unit === "day") return product.format.day(cell);
    if (typeof cell === "string") return cell;
    if (unit === "points") return signed(cell, product.format.fixed(cell * 100, 2) + "\u00a0pt");
    if (unit === "relative") return signed(cell, product.format.rate(cell));
    return isDifference ? signed(cell, product.format.value(cell, unit)) : product.format.value(cell, unit);
  }

  product.state.onChange(() => shown().forEach(follow));
  product.twins = { toggle, isShown, follow: () => shown().forEach(follow) };
})(window.product);
