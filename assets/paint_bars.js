/* Distributions: how many sessions each member has, as bars from zero for each engine; small marks for the baseline's shares. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const TOP = 8, PLOT = 200, AXIS = 32, LEFT = 52, RIGHT = 8, LETTER = 6.4, HEIGHT = TOP + PLOT + AXIS, FLOOR = TOP + PLOT;
  const { make } = product.marks;

  function paint(card, arrays, { page, filter }) {
    const box = card.querySelector(".paint"), dimension = card.dataset.dimension, isTime = product.marks.isTime(dimension);
    const bins = arrays.bins.map((bin) => (isTime ? { member: bin.member, low: bin.member, high: product.filter.nextDay(bin.member) } : bin));
    const kept = product.marks.kept(page, filter, dimension, bins.map((bin) => bin.member));
    const drawing = { arrays: { ...arrays, bins }, page, kept, dimension, isTime, isFiltered: product.marks.isCompared(filter), most: Math.max(...arrays.n.flat(), ...wanted(arrays).flat(), 1) };
    (arrays.is_ordered ? columns : rows)(card, box, drawing);
    card.querySelector(".card-foot").replaceChildren(...arrays.notes.map((note) => make("span", "", note)));
  }

  /* How many sessions each bar would have with the baseline's shares. */
  const wanted = ({ ghosts, shares }) => ghosts.map((pale, place) => pale.map((share) => (share ?? 0) * (shares[place].n[0] || 0)));

  function tip({ arrays: { bins, variants, n, shares, ghosts, unit }, isTime, isFiltered, page }, at) {
    const name = isTime ? product.format.day(bins[at].member) : `${bins[at].member} ${unit}`.trim();
    const lines = variants.map((variant, place) => {
      const { value, low, high } = shares[place], ends = product.format.interval(low[at], high[at], "fraction");
      const told = `${variant}: ${product.format.count(n[place][at])} sessions`;
      return value[at] === null ? told : `${told}, ${product.format.rate(value[at])} of its own (${ends})`;
    });
    const pale = isFiltered && ghosts.length ? [`${product.marks.baseline(page)}: ${variants.map((variant, place) => `${variant} ${product.format.value(ghosts[place][at], "fraction")}`).join(", ")}`] : [];
    const happened = isTime ? product.annotations.on([bins[at].member]).map((one) => one.told) : [];
    return [name, ...lines, ...pale, ...happened].join("\n");
  }

  const isIn = ({ arrays, kept }, at) => !kept || kept.includes(arrays.bins[at].member);

  function columns(card, box, drawing) {
    const { arrays: { bins, label }, dimension, kept } = drawing, width = Math.max(box.clientWidth, 240);
    const hadFocus = box.contains(document.activeElement), slot = (width - LEFT - RIGHT) / Math.max(bins.length, 1);
    const slots = bins.map((_, at) => ({ left: LEFT + at * slot, width: slot })), plot = make("div", "span-plot");
    plot.innerHTML = `<svg width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true">${grid(drawing, width)}${shades(drawing, slots)}${bars(drawing, slots)}${noted(drawing, slots)}${names(drawing, slots)}</svg>`;
    plot.style.height = `${HEIGHT}px`;
    box.replaceChildren(plot);
    if (!bins.length) return;
    const list = product.spans.lay(card, plot, { bins, slots, tips: bins.map((_, at) => tip(drawing, at)), dimension, kept, label });
    if (hadFocus) list.focus();
  }

  function grid({ most }, width) {
    const ticks = product.format.ticks(0, most, 5);
    return ticks.map((tick) => {
      const y = FLOOR - (tick / most) * PLOT;
      return `<line class="${tick ? "grid-line" : "floor"}" x1="${LEFT}" x2="${width - RIGHT}" y1="${y}" y2="${y}"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${product.format.count(tick)}</text>`;
    }).join("");
  }

  function shades({ arrays, kept }, slots) {
    if (!kept) return "";
    return slots.map(({ left, width }, at) => kept.includes(arrays.bins[at].member) ? `<rect class="chosen" x="${left}" y="${TOP}" width="${width}" height="${PLOT}"/>` : "").join("");
  }

  /* What was noted on days: a dotted line each. */
  function noted({ arrays: { bins }, isTime }, slots) {
    const found = isTime ? product.annotations.on(bins.map((bin) => bin.member)) : [];
    return found.map(({ place, color }) => { const x = slots[place].left + slots[place].width / 2; return `<line class="noted" x1="${x}" x2="${x}" y1="${TOP}" y2="${FLOOR}" stroke="${color}"/>`; }).join("");
  }

  function bars(drawing, slots) {
    const { arrays: { variants, n }, most, isFiltered } = drawing, ghosts = isFiltered ? wanted(drawing.arrays) : [];
    return variants.map((variant, place) => `<g style="--color:${product.marks.color(variant)}">` + slots.map(({ left, width }, at) => {
      const room = width > 8 ? width * 0.84 : width, one = room / variants.length, x = left + (width - room) / 2 + place * one;
      const tall = (n[place][at] / most) * PLOT, pale = ghosts.length ? FLOOR - (ghosts[place][at] / most) * PLOT : null;
      const bar = `<rect class="bar${isIn(drawing, at) ? "" : " faded"}" x="${x.toFixed(1)}" width="${Math.max(one - (one > 4 ? 1 : 0), 0.8).toFixed(1)}" y="${(FLOOR - tall).toFixed(1)}" height="${tall.toFixed(1)}"/>`;
      return bar + (pale === null ? "" : `<line class="pale" x1="${x.toFixed(1)}" x2="${(x + one - 1).toFixed(1)}" y1="${pale.toFixed(1)}" y2="${pale.toFixed(1)}"/>`);
    }).join("") + "</g>").join("");
  }

  /* Names under the bars where they fit; else short ones, as many as fit. */
  function names({ arrays: { bins }, isTime }, slots) {
    const short = (bin) => isTime ? product.format.day(bin.member, false) : bin.low === null ? `<${product.format.exact(String(bin.high))}` : bin.high === null ? `${product.format.exact(String(bin.low))}+` : /^\d+$/.test(bin.member) ? bin.member : product.format.exact(String(bin.low));
    const width = slots[0]?.width || 0, isRoomy = !isTime && Math.max(...bins.map((bin) => bin.member.length)) * LETTER < width;
    const words = bins.map((bin) => (isRoomy ? bin.member : short(bin))), each = Math.max(1, Math.ceil((Math.max(...words.map((word) => word.length), 1) * LETTER + 6) / width));
    return words.map((word, at) => (words.length - 1 - at) % each ? "" : `<text x="${slots[at].left + width / 2}" y="${FLOOR + 17}" text-anchor="middle">${product.escape(word)}</text>`).join("");
  }

  function rows(card, box, drawing) {
    const { arrays: { bins } } = drawing, plot = make("div", "bar-plot");
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.member : null;
    plot.append(...bins.map((bin, at) => row(drawing, bin, at)));
    box.replaceChildren(plot);
    if (focused !== null) [...plot.children].find((button) => button.dataset.member === focused)?.focus();
  }

  function row(drawing, bin, at) {
    const { arrays: { bins, variants, n }, page, kept, dimension, most, isFiltered } = drawing, button = make("button", "bar-row"), track = make("span", "bar-track");
    const ghosts = isFiltered ? wanted(drawing.arrays) : [], isChosen = Boolean(kept?.includes(bin.member));
    button.type = "button";
    button.dataset.member = bin.member;
    button.dataset.tip = tip(drawing, at);
    button.classList.toggle("chosen", isChosen);
    button.classList.toggle("faded", !isIn(drawing, at));
    button.setAttribute("aria-pressed", String(isChosen));
    button.setAttribute("aria-label", button.dataset.tip.replaceAll("\n", ". "));
    track.append(...variants.map((variant, place) => bar(variant, (100 * n[place][at]) / most, ghosts.length ? (100 * ghosts[place][at]) / most : null)));
    button.append(make("span", "dot-label", bin.member), track, make("span", "bar-count", product.format.count(variants.reduce((sum, _, place) => sum + n[place][at], 0))));
    button.onclick = (event) => product.state.change((filter) => product.marks.click(page, filter, { dimension, member: bin.member, members: bins.map((one) => one.member) }, product.marks.isMore(event)));
    return button;
  }

  function bar(variant, width, pale) {
    const line = make("i", "");
    line.style.cssText = `--color:${product.marks.color(variant)};--width:${width}%`;
    if (pale !== null) { line.classList.add("with-pale"); line.style.setProperty("--pale", `${pale}%`); }
    return line;
  }

  product.painters.bars = paint;
})(window.product);
