/* KPI cards: the leading challenger's value, its interval, what it differs by, the others, and the course by day. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const WIDTH = 92, HEIGHT = 30, SMOOTH_DAYS = 7;
  const { hue } = product.marks;
  const part = (className, text) => Object.assign(document.createElement("div"), { className, textContent: text });

  function paint(section, arrays) {
    for (const card of section.querySelectorAll("[data-metric]")) {
      const values = arrays.cards[card.dataset.metric];
      card.hidden = !values;
      if (values) card.querySelector(".kpi-body").replaceChildren(...body(values, arrays.versus, arrays.days));
    }
  }

  function body({ main, others, total, events = "" }, versus, days) {
    if (!main) return [part("value", total)];
    const head = valued(main.value), rows = part("against", ""), under = part("under", main.under);
    head.append(whose(main));
    under.dataset.tip = main.tip;
    rows.append(...others.map(other));
    const foot = part("kpi-foot", "");
    foot.append(rows, spark([main, ...others], days));
    const difference = main.difference ? gap(main.difference, "difference", `${main.variant} minus ${main.against}`) : part("difference", events);
    const change = versus && main.change ? gap(main.change, "change", `${main.variant}, ${versus.told}`) : part("change", "");
    if (change.textContent) change.append(" ", Object.assign(document.createElement("span"), { textContent: `on ${versus.text}` }));
    return [head, under, difference, foot, change];
  }

  /* A difference with its interval; muted, and said in words, where zero lies within. */
  function gap({ text, interval, certain }, className, what) {
    const line = part(className + (certain ? " certain" : ""), ""), span = (words, name = "") => Object.assign(document.createElement("span"), { textContent: words, className: name });
    line.append(span(text));
    if (interval) line.append(" ", span(`(${interval})`, "ends"), span(certain ? "" : "; zero is within, so it may be chance", "unseen"));
    line.dataset.tip = interval ? `${what}: ${text}, interval ${interval}; ` + (certain ? "zero is outside" : "zero is within, so it may be chance") : `${what}: ${text}`;
    return line;
  }

  /* A value whose unit is a word has it in small letters. */
  function valued(text) {
    const [, number, unit] = /^([\d.,\u202f\u2212]+)\u00a0(\p{L}.*)$/u.exec(text) || [text, text];
    const head = part("value", number);
    if (unit) head.append(Object.assign(document.createElement("small"), { textContent: "\u00a0" + unit }));
    return head;
  }

  function whose(row) {
    const name = Object.assign(document.createElement("span"), { className: "whose", textContent: row.variant });
    name.style.setProperty("--swatch", `var(--variant-${hue(row.color)})`);
    return name;
  }

  function other(row) {
    const line = part("other", ""), told = Object.assign(document.createElement("span"), { className: "unseen", textContent: row.tip });
    line.dataset.tip = row.tip;
    line.append(Object.assign(document.createElement("span"), { textContent: row.variant }), row.short, told);
    line.style.setProperty("--swatch", `var(--variant-${hue(row.color)})`);
    return line;
  }

  /* Means over the last days up to each: a hint of the course, not a measurement. */
  function smooth(values) {
    return values.map((_, place) => {
      const known = values.slice(Math.max(0, place - SMOOTH_DAYS + 1), place + 1).filter((v) => v !== null);
      return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
    });
  }

  function spark(rows, days) {
    const first = Math.min(SMOOTH_DAYS - 1, Math.max(0, days.length - 8));
    const lines = rows.map((row) => ({ color: hue(row.color), values: smooth(row.daily).slice(first) }));
    const all = lines.flatMap((line) => line.values).filter((v) => v !== null);
    const low = Math.min(...all), high = Math.max(...all), holder = part("spark", "");
    if (all.length < 2 || lines[0].values.length < 3) return holder;
    const y = (v) => (HEIGHT - 3 - ((v - low) / (high - low || 1)) * (HEIGHT - 6)).toFixed(1);
    const path = ({ values }) => values.map((v, i) => (v === null ? "" : `${i && values[i - 1] !== null ? "L" : "M"}${((i / (values.length - 1)) * WIDTH).toFixed(1)},${y(v)}`)).join("");
    const drawn = lines.reverse().map((line, i) => `<path d="${path(line)}" stroke="var(--variant-${line.color})" stroke-width="${i === lines.length - 1 ? 1.8 : 1.2}"/>`);
    const noted = product.annotations.on(days.slice(first)), last = days.length - first - 1;
    const ticks = noted.map((one) => `<path class="noted" d="M${((one.place / last) * WIDTH).toFixed(1)},0V${HEIGHT}" stroke="${one.color}"/>`);
    holder.innerHTML = `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none" preserveAspectRatio="none" aria-hidden="true">${ticks.join("")}${drawn.join("")}</svg>`;
    if (noted.length) holder.dataset.tip = noted.map((one) => one.told).join(" · ");
    return holder;
  }

  product.painters.kpi = paint;
})(window.product);
