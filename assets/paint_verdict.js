/* The verdict: its words, and the interval of each lift on one axis; one far wider than the others is cut off at the edge. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const WIDTH = 360, LEFT = 22, RIGHT = 22, ROW = 30, TOP = 22, MOST_TIMES = 5;
  const percent = (value) => (value > 0 ? "+" : "") + product.format.rate(value, Math.abs(value * 100) % 1 > 1e-9 ? 1 : 0);

  const glued = (text) => text.replace(/(\d) %/g, "$1\u00a0%");

  function paint(card, arrays, { filter }) {
    const among = Object.keys(filter).map(product.controls.label).join(" · ");
    card.querySelector(".scope").textContent = among;
    card.querySelector(".scope").hidden = !among;
    card.querySelector("details").hidden = !arrays.detail;
    card.querySelector(".headline").textContent = glued(arrays.headline);
    card.querySelector(".summary").textContent = arrays.summary;
    card.querySelector(".detail").textContent = glued(arrays.detail);
    const lifts = arrays.lifts.filter((lift) => lift.low !== null && lift.high !== null);
    const drawing = card.querySelector(".lift");
    drawing.hidden = !lifts.length;
    if (lifts.length) drawing.innerHTML = svg(lifts);
    drawing.setAttribute("aria-label", lifts.map((lift) => `lift of ${lift.variant}: ${percent(lift.value)}, interval ${percent(lift.low)} to ${percent(lift.high)}`).join("; "));
  }

  function svg(lifts) {
    const narrowest = Math.min(...lifts.map((lift) => lift.high - lift.low));
    const sound = lifts.filter((lift) => lift.high - lift.low <= MOST_TIMES * narrowest);
    const ends = [0, ...sound.flatMap((lift) => [lift.low, lift.high]), ...lifts.map((lift) => lift.value)];
    const low = Math.min(...ends), high = Math.max(...ends), room = (high - low) * 0.12 || 0.01;
    const inside = (value) => Math.min(Math.max(value, low - room), high + room);
    const x = (value) => LEFT + ((inside(value) - low + room) / (high - low + 2 * room)) * (WIDTH - LEFT - RIGHT);
    const bottom = TOP + lifts.length * ROW;
    const ticks = product.format.ticks(low - room, high + room, 6).map((tick) =>
      `<line class="tick" x1="${x(tick)}" x2="${x(tick)}" y1="${bottom - 3}" y2="${bottom + 3}"/><text x="${x(tick)}" y="${bottom + 19}" text-anchor="middle">${percent(tick)}</text>`);
    const marks = lifts.map((lift, place) => mark(lift, x, TOP + place * ROW + 4));
    return `<svg viewBox="0 0 ${WIDTH} ${bottom + 24}" aria-hidden="true"><line class="axis" x1="${LEFT - 10}" x2="${WIDTH - RIGHT + 10}" y1="${bottom}" y2="${bottom}"/>` +
      `<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="6" y2="${bottom}"/>${ticks.join("")}${marks.join("")}</svg>`;
  }

  function mark(lift, x, y) {
    const color = product.marks.hue(lift.color);
    const name = product.escape(`lift of ${lift.variant}`);
    const width = Math.max(x(lift.high) - x(lift.low), 4);
    const middle = Math.min(Math.max(x(lift.value), 50), WIDTH - 50);
    return `<rect x="${x(lift.low)}" y="${y}" width="${width}" height="13" rx="6.5" fill="var(--variant-${color}-soft)"/>` +
      `<circle cx="${x(lift.value)}" cy="${y + 6.5}" r="5.5" fill="var(--variant-${color})"/><text class="name" x="${middle}" y="${y - 5}" text-anchor="middle">${name}</text>`;
  }

  product.escape = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  product.painters.verdict = paint;
})(window.product);
