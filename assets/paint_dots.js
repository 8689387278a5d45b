/* Breakdowns: a row for each member, a dot with its interval for each engine, pale dots for the baseline. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const MOST_ROWS = 12, LABEL_PX = 104, TICK_PX = 46, WIDE_TICK_PX = 64;
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  const element = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  /* All breakdowns of one metric on a page share one axis, so that their dots can be compared; it passes over stray wide intervals. */
  function axisOf(page, metric, box) {
    const alike = Object.values(page.views).filter((view) => view.rows?.[0]?.variants && view.metric === metric);
    const known = alike.flatMap((view) => view.rows.flatMap((row) => row.variants)).filter((mark) => mark.value !== null);
    const marks = known.some((mark) => mark.low !== null) ? known.filter((mark) => mark.low !== null) : known.map((mark) => ({ ...mark, low: mark.value, high: mark.value }));
    const most = Math.max(2, Math.floor((box.clientWidth - LABEL_PX) / (metric ? WIDE_TICK_PX : TICK_PX)));
    if (!marks.length) return { low: 0, high: 1, ticks: [0, 0.5, 1] };
    const usual = 3 * median(marks.map((mark) => mark.high - mark.low));
    const sound = marks.filter((mark) => mark.high - mark.low <= usual);
    const low = Math.min(...sound.map((mark) => mark.low)), high = Math.max(...sound.map((mark) => mark.high));
    const room = (high - low) * 0.04 || 0.01;
    return { low: low - room, high: high + room, ticks: product.format.ticks(low - room, high + room, most) };
  }

  function paint(card, arrays, { page, filter }) {
    const box = card.querySelector(".paint"), dimension = card.dataset.dimension;
    const axis = axisOf(page, arrays.metric, box);
    const chosen = product.marks.kept(page, filter, dimension, arrays.rows.map((row) => row.member)) || [];
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.member : null;
    const plot = element("div", "dot-plot");
    const rows = visible(card, arrays.rows, chosen);
    const choose = (member, event) => product.state.change((now) =>
      product.marks.click(page, now, { dimension, member, members: arrays.rows.map((row) => row.member) }, product.marks.isMore(event)));
    plot.append(grid(axis, arrays.unit), ...rows.map((row) => rowOf(row, arrays, axis, chosen, choose)));
    box.replaceChildren(plot);
    if (focused !== null) [...plot.querySelectorAll("button")].find((b) => b.dataset.member === focused)?.focus();
    card.querySelector(".card-foot").replaceChildren(...foot(card, arrays, () => paint(card, arrays, { page, filter: product.state.filter })));
  }

  /* Of a long list the first rows, and those that are chosen, until the reader asks for all. */
  function visible(card, rows, chosen) {
    if (rows.length <= MOST_ROWS || card.dataset.all) return rows;
    return rows.filter((row, place) => place < MOST_ROWS - 2 || chosen.includes(row.member));
  }

  function foot(card, arrays, again) {
    const parts = arrays.left_out ? [element("span", "", arrays.left_out)] : [];
    if (arrays.rows.length <= MOST_ROWS) return parts;
    const more = element("button", "link", card.dataset.all ? "Show fewer" : `Show all ${arrays.rows.length}`);
    more.type = "button";
    more.onclick = () => { card.dataset.all = card.dataset.all ? "" : "yes"; again(); card.querySelector(".card-foot .link").focus(); };
    return [more, ...parts];
  }

  const at = (axis, value) => Math.min(Math.max((100 * (value - axis.low)) / (axis.high - axis.low), 0), 100);

  function grid(axis, unit = "fraction") {
    const lines = element("div", "dot-grid"), [first, second] = axis.ticks, factor = unit === "fraction" ? 100 : 1;
    const places = axis.ticks.length > 1 ? Math.max(0, -Math.floor(Math.log10((second - first) * factor) + 1e-9)) : 1;
    for (const tick of axis.ticks) {
      const line = element("span", "", unit === "fraction" ? product.format.rate(tick, places) : product.format.amount(tick, places, unit));
      line.style.left = `${at(axis, tick)}%`;
      lines.append(line);
    }
    return lines;
  }

  function rowOf(row, arrays, axis, chosen, choose) {
    const button = element("button", "dot-row");
    button.type = "button";
    button.dataset.member = row.member;
    const isChosen = chosen.includes(row.member);
    button.classList.toggle("chosen", isChosen);
    button.classList.toggle("faded", chosen.length > 0 && !isChosen);
    button.setAttribute("aria-pressed", String(isChosen));
    button.setAttribute("aria-label", row.variants.map((mark) => mark.text).join(". "));
    const track = element("span", "track");
    track.append(...row.ghosts.map((value, place) => ghost(value, place, arrays, axis)).filter(Boolean));
    track.append(...row.variants.flatMap((mark, place) => marks(mark, place, arrays, axis)));
    button.append(element("span", "dot-label", row.member), track);
    button.style.setProperty("--lanes", row.variants.length);
    button.onclick = (event) => choose(row.member, event);
    return button;
  }

  const colorOf = (arrays, place) => product.marks.hue(product.settings.variants.indexOf(arrays.variants[place]));

  function ghost(value, place, arrays, axis) {
    if (value === null || value < axis.low || value > axis.high) return null;
    const dot = element("i", "ghost");
    dot.style.cssText = `left:${at(axis, value)}%;--lane:${place};--color:var(--variant-${colorOf(arrays, place)})`;
    return dot;
  }

  function marks(mark, place, arrays, axis) {
    if (mark.value === null) return [];
    const line = element("i", "interval"), dot = element("i", "dot");
    const low = at(axis, mark.low ?? mark.value), high = at(axis, mark.high ?? mark.value);
    const shared = `--lane:${place};--color:var(--variant-${colorOf(arrays, place)})`;
    line.style.cssText = `left:${low}%;width:${high - low}%;${shared}`;
    dot.style.cssText = `left:${at(axis, mark.value)}%;${shared}`;
    line.dataset.tip = dot.dataset.tip = mark.text;
    return [line, dot];
  }

  product.painters.dots = paint;
})(window.product);
