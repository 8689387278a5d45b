/* Relations: the rate in each bin of a number as a dot with its interval for each engine, over how many sessions it has. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const TOP = 8, PLOT = 168, GAP = 10, COUNTS = 32, AXIS = 32, LEFT = 46, RIGHT = 8, OPEN = 46, APART = 8, NEAR = 22, MOST_EDGES = 6, FEW = 30;
  const BOTTOM = TOP + PLOT, FLOOR = BOTTOM + GAP + COUNTS, HEIGHT = FLOOR + AXIS;
  const { make } = product.marks;
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

  /* Whole numbers with a bin each are drawn around their number. */
  const shiftOf = (bins) => {
    const inner = bins.filter((bin) => bin.low !== null && bin.high !== null && bin.mean !== null);
    return inner.length && inner.every((bin) => bin.high - bin.low === 1 && bin.mean === bin.low) ? 0.5 : 0;
  };

  /* Where each bin stands: on the axis of numbers, or, open, in a place of its own at the side. */
  function frameOf(arrays, width) {
    const { bins, n, n_ghost: pale } = arrays, shift = shiftOf(bins), isOpen = (bin) => bin.low === null || bin.high === null;
    const isDrawn = (at) => !isOpen(bins[at]) || n[at] || pale[at] || bins.length < 3;
    const inner = bins.filter((bin) => !isOpen(bin)), last = bins.length - 1;
    const side = inner.length ? OPEN : (width - LEFT - RIGHT - APART) / 2;
    const from = LEFT + (isOpen(bins[0]) && isDrawn(0) ? side + APART : 0);
    const to = width - RIGHT - (last && isOpen(bins[last]) && isDrawn(last) ? side + APART : 0);
    const low = inner.length ? inner[0].low - shift : 0, high = inner.length ? inner[inner.length - 1].high - shift : 1;
    const x = (value) => from + ((value - low) / (high - low)) * (to - from);
    const slots = bins.map((bin, at) => {
      if (!isDrawn(at)) return null;
      if (isOpen(bin)) return { left: at ? width - RIGHT - side : LEFT, width: side, isOpen: true };
      return { left: x(bin.low - shift), width: x(bin.high - shift) - x(bin.low - shift) };
    });
    return { slots, x, low, high, from, to, hasAxis: inner.length > 0 };
  }

  function rateAxis({ rates }) {
    const marks = rates.flatMap(({ value, low, high }) => value.map((rate, at) => ({ rate, low: low[at], high: high[at] }))).filter(({ low }) => low !== null);
    if (!marks.length) return { low: 0, high: 1, ticks: [0, 0.5, 1] };
    const usual = 4 * median(marks.map(({ low, high }) => high - low)), sound = marks.filter(({ low, high }) => high - low <= usual);
    const low = Math.min(...sound.map((mark) => mark.low)), high = Math.max(...sound.map((mark) => mark.high)), room = (high - low) * 0.05 || 0.01;
    return { low: low - room, high: high + room, ticks: product.format.ticks(low - room, high + room, 5) };
  }

  function paint(card, arrays, { page, filter }) {
    const box = card.querySelector(".paint"), width = Math.max(box.clientWidth, 240), dimension = card.dataset.dimension;
    const hadFocus = box.contains(document.activeElement);
    const kept = product.marks.kept(page, filter, dimension, arrays.bins.map((bin) => bin.member));
    const drawing = { arrays, page, kept, width, isFiltered: product.marks.isCompared(filter), frame: frameOf(arrays, width), axis: rateAxis(arrays) };
    const plot = make("div", "span-plot");
    plot.innerHTML = svg(drawing);
    plot.style.height = `${HEIGHT}px`;
    const list = product.spans.lay(card, plot, { bins: arrays.bins, slots: drawing.frame.slots, tips: arrays.bins.map((_, at) => tip(drawing, at)), dimension, kept, label: arrays.label });
    box.replaceChildren(plot);
    if (hadFocus) list.focus();
    card.querySelector(".card-foot").replaceChildren(...foot(arrays));
  }

  function tip({ arrays, isFiltered, page }, at) {
    const { bins, variants, rates, ghosts, unit } = arrays;
    const lines = variants.map((variant, place) => product.marks.rateSentence(variant, rates[place].value[at], rates[place].low[at], rates[place].high[at], rates[place].n[at]));
    const pale = isFiltered && ghosts.length ? variants.map((variant, place) => ghosts[place][at] === null ? "" : `${variant} ${product.format.rate(ghosts[place][at])}`).filter(Boolean) : [];
    return [`${arrays.label} ${bins[at].member} ${unit}`.trim(), ...lines, ...(pale.length ? [`${product.marks.baseline(page)}: ${pale.join(", ")}`] : [])].join("\n");
  }

  const isIn = ({ arrays, kept }, at) => !kept || kept.includes(arrays.bins[at].member);

  function svg(drawing) {
    const { width, arrays } = drawing, places = arrays.variants.map((_, place) => place);
    return `<svg width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true">` +
      shades(drawing) + grid(drawing) + counts(drawing) + numbers(drawing) + places.map((place) => engine(drawing, place)).join("") + "</svg>";
  }

  function shades({ arrays, kept, frame }) {
    if (!kept) return "";
    return frame.slots.map((slot, at) => slot && kept.includes(arrays.bins[at].member) ? `<rect class="chosen" x="${slot.left}" y="${TOP}" width="${slot.width}" height="${FLOOR - TOP}"/>` : "").join("");
  }

  const height = ({ axis }, rate) => BOTTOM - Math.min(Math.max((rate - axis.low) / (axis.high - axis.low), 0), 1) * PLOT;

  function grid(drawing) {
    const { axis, width } = drawing, places = axis.ticks.some((tick) => Math.abs(tick * 100 - Math.round(tick * 100)) > 1e-6) ? 1 : 0;
    return axis.ticks.map((tick) => `<line class="grid-line" x1="${LEFT}" x2="${width - RIGHT}" y1="${height(drawing, tick)}" y2="${height(drawing, tick)}"/>` +
      `<text x="${LEFT - 8}" y="${height(drawing, tick) + 4}" text-anchor="end">${product.format.rate(tick, places)}</text>`).join("");
  }

  function counts(drawing) {
    const { arrays, frame, width } = drawing, most = Math.max(...arrays.n, 1);
    const bars = frame.slots.map((slot, at) => {
      const tall = (arrays.n[at] / most) * COUNTS;
      return slot ? `<rect class="count${isIn(drawing, at) ? "" : " faded"}" x="${slot.left + 0.5}" width="${Math.max(slot.width - 1, 1)}" y="${FLOOR - tall}" height="${tall}"/>` : "";
    });
    return `<line class="floor" x1="${LEFT}" x2="${width - RIGHT}" y1="${FLOOR}" y2="${FLOOR}"/><text x="${LEFT - 8}" y="${FLOOR - COUNTS + 9}" text-anchor="end">${product.format.count(most)}</text>` +
      `<text x="${LEFT - 8}" y="${FLOOR}" text-anchor="end">n</text>` + bars.join("");
  }

  /* Round numbers along the axis; open bins say their name. */
  function numbers({ arrays, frame, width }) {
    const { slots, x, low, high, from, to, hasAxis } = frame;
    const ticks = hasAxis && to > from ? ticksOf(arrays.bins, low, high, Math.max(2, Math.floor((to - from) / 44))) : [];
    const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1, places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const isFree = (tick) => !slots.some((slot) => slot?.isOpen && Math.abs(x(tick) - (slot.left < x(tick) ? slot.left + slot.width : slot.left)) < NEAR);
    const along = ticks.filter(isFree).map((tick) => `<line class="tick" x1="${x(tick)}" x2="${x(tick)}" y1="${FLOOR}" y2="${FLOOR + 4}"/><text x="${x(tick)}" y="${FLOOR + 17}" text-anchor="middle">${product.format.fixed(tick, places)}</text>`);
    const open = slots.map((slot, at) => (slot?.isOpen ? named(arrays.bins[at].member, slot) : ""));
    return along.join("") + open.join("");
  }

  /* Of few bins the edges, else round numbers. */
  function ticksOf(bins, low, high, most) {
    const edges = bins.flatMap((bin) => (bin.low === null ? [] : [bin.low]));
    return edges.length <= MOST_EDGES && edges.length <= most + 1 && !shiftOf(bins) ? edges : product.format.ticks(low, high, most);
  }

  function named(member, slot) {
    const [, first, rest] = /^(\S+)\s*(.*)$/.exec(member) || [member, member, ""], middle = slot.left + slot.width / 2;
    const line = (words, y) => `<text class="open" x="${middle}" y="${y}" text-anchor="middle">${product.escape(words)}</text>`;
    return line(first, FLOOR + 15) + (rest ? line(rest, FLOOR + 28) : "");
  }

  function engine(drawing, place) {
    const { arrays, frame, isFiltered } = drawing, { bins, rates, ghosts, variants } = arrays, color = product.marks.color(variants[place]);
    const middle = (at) => {
      const slot = frame.slots[at], apart = Math.min(7, slot.width / (variants.length + 1)) * (place - (variants.length - 1) / 2), bin = bins[at];
      if (slot.isOpen) return slot.left + slot.width / 2 + apart;
      return (bin.mean === null ? slot.left + slot.width / 2 : frame.x(bin.mean)) + apart;
    };
    const shown = bins.map((_, at) => at).filter((at) => frame.slots[at] && rates[place].value[at] !== null);
    const line = shown.filter((at) => !frame.slots[at].isOpen && rates[place].n[at] >= FEW).map((at) => `${middle(at).toFixed(1)},${height(drawing, rates[place].value[at]).toFixed(1)}`);
    const pale = isFiltered && ghosts.length ? bins.map((_, at) => at).filter((at) => frame.slots[at] && ghosts[place][at] !== null).map((at) =>
      `<circle class="pale" cx="${middle(at).toFixed(1)}" cy="${height(drawing, ghosts[place][at]).toFixed(1)}" r="3.2"/>`) : [];
    return `<g style="--color:${color}">${pale.join("")}<polyline points="${line.join(" ")}"/>${shown.map((at) => mark(drawing, place, at, middle(at))).join("")}</g>`;
  }

  function mark(drawing, place, at, x) {
    const { value, low, high } = drawing.arrays.rates[place], faded = isIn(drawing, at) ? "" : ' class="faded"';
    const ends = low[at] === null ? "" : `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${height(drawing, low[at]).toFixed(1)}" y2="${height(drawing, high[at]).toFixed(1)}"/>`;
    return `<g${faded}>${ends}<circle cx="${x.toFixed(1)}" cy="${height(drawing, value[at]).toFixed(1)}" r="4"/></g>`;
  }

  function foot({ correlations, notes }) {
    const words = correlations.map(({ variant, text }) => {
      const one = make("span", "related");
      one.style.setProperty("--color", product.marks.color(variant));
      one.append(make("b", "", variant), ` ${text}`);
      return one;
    });
    return [...words, ...notes.map((note) => make("span", "", note))];
  }

  product.painters.bins = paint;
})(window.product);
