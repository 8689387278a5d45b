/* Annotations: what happened on a day, drawn in every chart over time, and a popover to add and delete them. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const URL_OF = "/api/v1/annotations", ROW_PX = 15, MOST_ROWS = 3, MOST_PX = 170, LEAST_PX = 34, GAP_PX = 8, FONT = "11px Inter, sans-serif";
  const make = (...given) => product.make(...given);
  let fault = "", gone = null, ruler = null;

  const all = () => product.notes.annotations;
  const color = ({ variant }) => (product.settings.variants.includes(variant) ? product.marks.color(variant) : "var(--ink3)");
  const told = ({ day, text, variant }) => `${product.format.day(day)}: ${text}${variant ? ` (${variant})` : ""}`;

  /* Annotations of some days, with their places among them. */
  function on(days) {
    const places = new Map(days.map((day, place) => [day, place]));
    return all().filter(({ day }) => places.has(day)).map((one) => ({ ...one, place: places.get(one.day), color: color(one), told: told(one) }));
  }

  function width(text) {
    ruler = ruler || document.createElement("canvas").getContext("2d");
    ruler.font = FONT;
    return ruler.measureText(text).width;
  }

  function shortened(text, room) {
    if (width(text) <= room) return text;
    let end = text.length;
    while (end && width(text.slice(0, end).trimEnd() + "…") > room) end--;
    return end ? text.slice(0, end).trimEnd() + "…" : "";
  }

  /* Give each text a row, and the side of its line that has more room; one without room has its line alone. */
  function arranged(found, at, right) {
    const free = Array(MOST_ROWS).fill(-Infinity), labels = [];
    found.forEach((one, nth) => {
      const x = at(one.place), row = free.findIndex((end) => end + GAP_PX <= x);
      if (row < 0) return;
      const next = found[nth + MOST_ROWS] ? at(found[nth + MOST_ROWS].place) - GAP_PX : Infinity;
      const [after, before] = [Math.min(right, next) - x, x - Math.max(free[row] + GAP_PX, 0)];
      const isBefore = after < Math.min(width(one.text), MOST_PX) && before > after;
      const text = shortened(one.text, Math.min(MOST_PX, isBefore ? before : after));
      if (!text || (text !== one.text && width(text) < LEAST_PX)) return;
      labels.push({ ...one, row, text, isBefore });
      free[row] = isBefore ? x : x + width(text);
    });
    return labels;
  }

  /* Draw the lines and texts into a figure whose axis is days. */
  function draw(figure, days, widthPx) {
    const found = on(days);
    if (!found.length || days.length < 2) return;
    const { layout } = figure, { l, r } = layout.margin, inner = widthPx - l - r;
    const labels = arranged(found, (place) => (place / (days.length - 1)) * inner, inner + r);
    layout.margin = { ...layout.margin, t: layout.margin.t + ROW_PX * (1 + Math.max(-1, ...labels.map(({ row }) => row))) };
    layout.xaxis.range = [days[0], days[days.length - 1]];
    layout.shapes = [...(layout.shapes || []), ...found.map(line)];
    layout.annotations = [...(layout.annotations || []), ...labels.map(label)];
    for (const one of found) tell(figure, one);
  }

  const line = (one) => ({ type: "line", xref: "x", yref: "paper", x0: one.day, x1: one.day, y0: 0, y1: 1, line: { color: one.color, width: 1.3, dash: "dot" }, name: `annotation-${one.id}` });
  const label = (one) => ({ xref: "x", x: one.day, xanchor: one.isBefore ? "right" : "left", yref: "paper", y: 1, yanchor: "bottom", yshift: one.row * ROW_PX, borderpad: 0,
    text: product.escape(one.text), showarrow: false, font: { size: 11, color: one.color }, name: `annotation-${one.id}` });

  /* The tooltip of the day says the whole text, on the line of its engine or the last one. */
  function tell(figure, one) {
    const traces = figure.data.filter((trace) => trace.customdata && trace.text && trace.visible !== false);
    const trace = traces[traces.length - 1];
    if (trace) trace.text = trace.text.map((text, place) => (place === one.place ? `${text}<br>${product.escape(one.text + (one.variant ? ` (${one.variant})` : ""))}` : text));
  }

  /* What a card over time shows of them; it is drawn anew where that has changed. */
  const keyOf = (card, arrays) => (arrays.days || product.settings.dimensions[card.dataset.dimension]?.kind === "time" ? all() : null);

  function first(data) {
    const span = Object.entries(product.state.filter).find(([name]) => product.settings.dimensions[name]?.kind === "time")?.[1];
    return span?.low && span.low >= data.first_day && span.low <= data.last_day ? span.low : data.last_day;
  }

  function fill(box) {
    const now = box.querySelector("form"), kept = now && Object.fromEntries(new FormData(now));
    const inside = all().filter(({ day }) => day >= product.data().first_day && day <= product.data().last_day);
    box.replaceChildren(
      form(kept || { day: first(product.data()), text: "", variant: "" }),
      make("p", { className: "fault", role: "alert", hidden: !(fault || product.notes.fault), textContent: fault || product.notes.fault }),
      ...(gone ? [undoing()] : []),
      inside.length ? make("ul", { className: "notes-list" }, ...inside.map(row)) : make("p", { className: "hint", textContent: "Nothing is noted yet. A release or a campaign noted here shows in every chart over time, for everyone." }),
    );
  }

  function form(kept) {
    const { first_day, last_day } = product.data(), field = (name, input) => make("label", { className: "day" }, make("span", { textContent: name }), input);
    const day = make("input", { type: "date", name: "day", min: first_day, max: last_day, value: kept.day, required: true });
    const text = make("input", { type: "text", name: "text", maxLength: 120, value: kept.text, required: true, placeholder: "Release, campaign …", autocomplete: "off" });
    const names = ["", ...product.settings.variants].map((name) => make("option", { value: name, textContent: name || "All engines", selected: name === kept.variant }));
    const variant = make("select", { name: "variant" }, ...names);
    const made = make("form", { className: "stack" }, field("What", text), field("Day", day), field("Engine", variant), make("button", { className: "button primary", textContent: "Add note" }));
    made.onsubmit = (event) => {
      event.preventDefault();
      gone = null;
      doing(async () => { await product.notes.change("POST", URL_OF, { day: day.value, text: text.value, variant: variant.value || null }); emptied(); });
    };
    return made;
  }

  const emptied = () => { const text = document.querySelector(".popover form input[name=text]"); if (text) text.value = ""; };

  async function doing(change) {
    fault = "";
    try { await change(); } catch (error) { fault = error.message; }
    product.popover.refresh("annotations");
  }

  function row(one) {
    const remove = make("button", { type: "button", className: "remove", textContent: "×", "aria-label": `Delete note ${told(one)}` });
    remove.onclick = () => doing(async () => { await product.notes.change("DELETE", `${URL_OF}/${one.id}`); gone = one; });
    const line = make("li", { className: "one-line" }, make("span", { className: "name" }, make("small", { textContent: product.format.day(one.day) + (one.variant ? ` · ${one.variant}` : "") }), one.text), remove);
    line.style.setProperty("--swatch", color(one));
    return line;
  }

  function undoing() {
    const { day, text, variant } = gone, undo = make("button", { type: "button", className: "link", textContent: "Undo" });
    undo.onclick = () => doing(async () => { await product.notes.change("POST", URL_OF, { day, text, variant }); gone = null; });
    return make("p", { className: "hint one-line", role: "status" }, make("span", { className: "name", textContent: `Deleted: ${text}` }), undo);
  }

  (product.fills ??= {}).annotations = fill;
  product.annotations = { on, draw, fill, keyOf };
})(window.product);
