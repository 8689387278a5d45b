/* Charts within sheets: lines, steps, dots, bars and areas over a number or a category, with intervals and lines to compare with;
   see dashboard/sheets/chart.py. What the pointer or an arrow key comes to is told in a tooltip. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const PLOT = 188, TOP = 12, RIGHT = 14, FOOT = 40, LEAST_LEFT = 26, CHAR = 6.4, SLOT = 0.7, NO_BREAK = "\u00a0";
  const { make } = product;
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const px = (value) => Number(value.toFixed(1));

  /* A number as its axis writes it; so many decimals that the ticks differ. */
  function write(value, { unit }, places) {
    if (value === null || value === undefined) return "–";
    if (unit === "fraction") return product.format.rate(value, places ?? 1);
    if (unit === "points") return `${value > 0 ? "+" : ""}${product.format.fixed(value * 100, places ?? 2)}${NO_BREAK}pt`;
    if (unit === "count") return product.format.count(value);
    return product.format.amount(value, places ?? (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3), unit);
  }

  function decimals(ticks, { unit }) {
    const factor = unit === "fraction" || unit === "points" ? 100 : 1, step = ticks.length > 1 ? (ticks[1] - ticks[0]) * factor : 1;
    return clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 6);
  }

  function frameOf(block, width) {
    const { x, y } = block, isCategory = x.members.length > 0;
    const rises = product.format.ticks(y.low, y.high, 6), places = decimals(rises, y), texts = rises.map((tick) => write(tick, y, places));
    const left = Math.max(LEAST_LEFT, ...texts.map((text) => text.length * CHAR + 10)), right = width - RIGHT;
    const [low, high] = isCategory ? [-0.5, x.members.length - 0.5] : [x.low, x.high];
    const along = (value) => left + (clamp((value - low) / (high - low || 1), 0, 1)) * (right - left);
    const up = (value) => TOP + PLOT - clamp((value - y.low) / (y.high - y.low || 1), 0, 1) * PLOT;
    return { left, right, along, up, rises, texts, isCategory, slot: (right - left) / (x.members.length || 1), low, high };
  }

  function chartOf(block) {
    const key = block.series.length > 1 ? make("p", { className: "chart-key" }, ...block.series.map((one) => make("span", { className: `tone-${one.tone} key-${one.style}` }, one.label))) : null;
    const plot = make("div", { className: "chart-plot" }), figure = make("figure", { className: "chart-of" }, make("figcaption", {}, make("h3", {}, block.label), key), plot);
    figure.draw = () => draw(plot, block);
    return figure;
  }

  function draw(plot, block) {
    const width = Math.max(plot.clientWidth, 200), frame = frameOf(block, width), stops = stopsOf(block);
    plot.innerHTML = svg(block, frame, width);
    const mark = make("i", { className: "chart-mark", hidden: true });
    const reach = make("div", { className: "chart-reach", tabIndex: 0, role: "img", "aria-label": `${block.label}. ${block.says} Arrow keys tell the values.`, "aria-roledescription": "chart" });
    plot.append(mark, reach);
    listen(reach, mark, { block, frame, stops });
  }

  function svg(block, frame, width) {
    const height = TOP + PLOT + FOOT;
    return `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">${grid(block, frame)}${across(block, frame)}` +
      block.series.map((one, place) => `<g class="tone-${one.tone}">${styles[one.style](one, frame, block, place)}</g>`).join("") + block.lines.map((line) => reference(line, frame, block)).join("") + "</svg>";
  }

  function grid({ y }, { left, right, up, rises, texts }) {
    const lines = rises.map((tick, at) => `<line class="${tick === 0 ? "floor" : "grid-line"}" x1="${left}" x2="${right}" y1="${px(up(tick))}" y2="${px(up(tick))}"/><text x="${left - 6}" y="${px(up(tick) + 4)}" text-anchor="end">${escaped(texts[at])}</text>`);
    return lines.join("");
  }

  function across({ x, label }, frame) {
    const { left, right, along, isCategory } = frame, floor = TOP + PLOT, name = x.label === label ? "" : `<text class="axis-name" x="${px((left + right) / 2)}" y="${floor + 36}" text-anchor="middle">${escaped(x.label)}</text>`;
    if (isCategory) return members(x, frame) + name;
    const most = Math.max(2, Math.floor((right - left) / 64)), ticks = evenly(x, most) ?? product.format.ticks(x.low, x.high, most), places = decimals(ticks, x);
    const edge = (tick) => (along(tick) > right - 14 ? "end" : "middle");
    return ticks.map((tick) => `<line class="tick" x1="${px(along(tick))}" x2="${px(along(tick))}" y1="${floor}" y2="${floor + 4}"/><text x="${px(along(tick) + (edge(tick) === "end" ? 6 : 0))}" y="${floor + 18}" text-anchor="${edge(tick)}">${escaped(write(tick, x, places))}</text>`).join("") + name;
  }

  /* Of a part of one, so many ticks as there is room for, both ends among them. */
  function evenly({ unit, low, high }, most) {
    const n = [5, 4, 2].find((parts) => parts < most || parts === 2);
    return unit === "fraction" && low === 0 && high === 1 ? Array.from({ length: n + 1 }, (_, at) => at / n) : null;
  }

  /* Names that are too long for their place take turns on two lines, and end in dots where that does not do. */
  function members({ members: names }, { along, slot }) {
    const isTight = names.some((name) => name.length * CHAR > slot), room = Math.max(2, Math.floor((isTight ? 2 : 1) * slot / CHAR) - 1);
    const short = (name) => (name.length > room + 1 ? `${name.slice(0, room)}…` : name);
    return names.map((name, at) => `<text x="${px(along(at))}" y="${TOP + PLOT + (isTight && at % 2 ? 26 : 14)}" text-anchor="middle">${escaped(short(name))}</text>`).join("");
  }

  const path = (points, { along, up }) => points.map(([x, y]) => `${px(along(x))},${px(up(y))}`).join(" ");

  /* The interval around a line. */
  function band(points, frame) {
    const known = points.filter(([, , low, high]) => low !== undefined && low !== null && high !== null);
    if (known.length < 2) return "";
    return `<polygon class="band" points="${path(known.map(([x, , , high]) => [x, high]), frame)} ${path(known.map(([x, , low]) => [x, low]).reverse(), frame)}"/>`;
  }

  const drawn = (points) => points.filter(([, y]) => y !== null);
  const steps = (points) => points.flatMap(([x, y], at) => (at ? [[x, points[at - 1][1]], [x, y]] : [[x, y]]));

  /* Series of bars or dots stand side by side at a category. */
  function aside(one, { slot, isCategory }, block) {
    const beside = block.series.filter(({ style }) => style === one.style), n = beside.length, place = beside.indexOf(one);
    return isCategory ? { x: (slot * SLOT / n) * (place - (n - 1) / 2), width: (slot * SLOT) / n } : { x: 0, width: 8 };
  }

  const whisker = ([x, , low, high], frame, aside) => low === undefined || low === null || high === null ? "" :
    `<line class="whisker" x1="${px(frame.along(x) + aside)}" x2="${px(frame.along(x) + aside)}" y1="${px(frame.up(low))}" y2="${px(frame.up(high))}"/>`;

  const styles = {
    line: ({ points }, frame) => `${band(points, frame)}<polyline points="${path(drawn(points), frame)}"/>`,
    step: ({ points }, frame) => `${band(points, frame)}<polyline points="${path(steps(drawn(points)), frame)}"/>`,
    area: ({ points }, frame, { y }) => {
      const shown = drawn(points), zero = clamp(0, y.low, y.high);
      return shown.length ? `<polygon class="area" points="${path([[shown[0][0], zero], ...shown, [shown[shown.length - 1][0], zero]], frame)}"/><polyline points="${path(shown, frame)}"/>` : "";
    },
    dots: (one, frame, block) => {
      const { x: apart } = aside(one, frame, block);
      return drawn(one.points).map((point) => `${whisker(point, frame, apart)}<circle cx="${px(frame.along(point[0]) + apart)}" cy="${px(frame.up(point[1]))}" r="4"/>`).join("");
    },
    bars: (one, frame, block) => {
      const { x: apart, width } = aside(one, frame, block), zero = frame.up(clamp(0, block.y.low, block.y.high));
      const bar = ([x, y]) => `<rect x="${px(frame.along(x) + apart - width / 2 + 1)}" width="${px(Math.max(width - 2, 1))}" y="${px(Math.min(frame.up(y), zero))}" height="${px(Math.abs(frame.up(y) - zero))}"/>`;
      return drawn(one.points).map((point) => bar(point) + whisker(point, frame, apart)).join("");
    },
  };

  /* Of a level line, the end and the side where its name is furthest from what is drawn. */
  function roomyEnd(y, { along, up, left, right }, { series }, room) {
    const shown = series.flatMap(({ points }) => drawn(points)), off = (at, [, value, low, high]) => Math.max(up(high ?? value) - at, at - up(low ?? value));
    const far = (at, from, to) => Math.min(...shown.filter(([x]) => along(x) >= from && along(x) <= to).map((point) => (point[2] == null ? Math.abs(off(at, point)) : Math.max(off(at, point), 0))), 999);
    const sides = [y - 5, y + 13].filter((at) => at < TOP + PLOT && at > TOP);
    const places = sides.flatMap((at) => [{ place: [right, at, "end"], far: far(at - 4, right - room, right) }, { place: [left + 4, at, "start"], far: far(at - 4, left, left + room) }]);
    return places.reduce((best, one) => (one.far > best.far ? one : best)).place;
  }

  function reference({ label, start, end }, frame, block) {
    const { along, up, right } = frame;
    const [x1, y1, x2, y2] = [along(start[0]), up(start[1]), along(end[0]), up(end[1])], isUpright = x1 === x2, isLevel = y1 === y2;
    const at = isUpright ? [x1 > right - 80 ? x1 - 5 : x1 + 5, TOP + 9, x1 > right - 80 ? "end" : "start"] : isLevel ? roomyEnd(y1, frame, block, label.length * CHAR) : [x1 + (x2 - x1) * 0.62 + 8, y1 + (y2 - y1) * 0.62 + 14, "start"];
    return `<line class="reference" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/><text class="named" x="${px(at[0])}" y="${px(at[1])}" text-anchor="${at[2]}">${escaped(label)}</text>`;
  }

  /* Where there is something to tell: each x with the points that stand there or next to it. */
  function stopsOf({ series }) {
    const told = series.filter(({ points }) => points.some(([, y]) => y !== null)), fewest = told.toSorted((a, b) => a.points.length - b.points.length)[0];
    const near = (points, x) => points.filter(([, y]) => y !== null).reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best));
    return fewest ? drawn(fewest.points).map(([x]) => ({ x, points: told.map((one) => [one, near(one.points, x)]) })) : [];
  }

  function sentence({ x, y, series }, { x: at, points }) {
    const where = x.members.length ? x.members[at] : `${x.label} ${write(at, x)}`;
    const lines = points.map(([one, [, value, low, high, n]]) => {
      const name = series.length > 1 ? one.label : y.label, ends = low !== undefined && low !== null && high !== null ? ` (${write(low, y)} to ${write(high, y)})` : "";
      return `${name}: ${write(value, y)}${ends}${n ? `, ${product.format.count(n)} sessions` : ""}`;
    });
    return [where, ...lines].join("\n");
  }

  function listen(reach, mark, { block, frame, stops }) {
    let at = -1;
    const show = (next, isTold) => {
      at = clamp(next, 0, stops.length - 1);
      if (!stops[at]) return;
      const [[, [x, y]]] = stops[at].points;
      mark.style.cssText = `left:${frame.along(x)}px;top:${frame.up(y)}px`;
      mark.dataset.tip = sentence(block, stops[at]);
      mark.hidden = false;
      product.tooltip.show(mark);
      if (isTold) document.getElementById("live").textContent = mark.dataset.tip.replaceAll("\n", ". ");
    };
    const hide = () => { mark.hidden = true; product.tooltip.hide(); };
    const nearest = ({ clientX }) => {
      const from = clientX - reach.getBoundingClientRect().left, far = ({ x }) => Math.abs(frame.along(x) - from);
      return stops.reduce((best, stop, place) => (far(stop) < far(stops[best]) ? place : best), 0);
    };
    reach.onpointermove = reach.onpointerdown = (event) => show(nearest(event), false);
    reach.onpointerleave = reach.onblur = hide;
    reach.onkeydown = (event) => {
      const next = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: stops.length - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      show(next, true);
    };
  }

  product.chart = { make: chartOf };
})(window.product);
