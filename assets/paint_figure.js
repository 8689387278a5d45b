/* Plotly figures: the skeleton that came with the page, the arrays that a filter changes, and the colours of the theme. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";

  function put(figure, path, value) {
    const keys = path.split("."), last = keys.pop();
    const parent = keys.reduce((node, key) => (node[key] ??= {}), figure);
    parent[last] = value;
  }

  function colored(node) {
    if (typeof node === "string") return product.theme.color(node);
    if (Array.isArray(node)) return node.some((item) => typeof item !== "number") ? node.map(colored) : node;
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, colored(value)]));
  }

  const mercator = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
  const latitudeOf = (y) => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90;

  /* Widen what a map must show to the shape of its card, so that land fills the card. */
  function widen(geo, box) {
    const [west, east] = geo.lonaxis.range, [south, north] = geo.lataxis.range.map(mercator);
    const width = ((east - west) * Math.PI) / 180, height = north - south, shape = box.clientWidth / box.clientHeight;
    const moreWidth = ((Math.max(height * shape - width, 0) / 2) * 180) / Math.PI, moreHeight = Math.max(width / shape - height, 0) / 2;
    geo.lonaxis.range = [west - moreWidth, east + moreWidth];
    geo.lataxis.range = [south - moreHeight, north + moreHeight].map(latitudeOf);
  }

  /* Marks of members that are not chosen fade; a span of days is shaded. */
  function highlight(figure, clause) {
    if (product.filter.isRange(clause)) {
      const [low, high] = [clause.low, clause.high && product.filter.dayBefore(clause.high)];
      figure.layout.shapes = [{ type: "rect", xref: "x", yref: "paper", x0: low, x1: high, y0: 0, y1: 1, layer: "below",
        line: { width: low === high ? 6 : 0, color: "var(--select)" }, fillcolor: "var(--select)" }];
      return;
    }
    const chosen = clause?.values;
    for (const trace of figure.data)
      if (trace.customdata) trace.selectedpoints = chosen && trace.type === "scattergeo"
        ? trace.customdata.flatMap((member, place) => (chosen.includes(member) ? [place] : [])) : null;
  }

  /* The days along the axis of a figure; none where it has no days. */
  const daysOf = ({ data }, dimension) => (dimension?.kind === "time" && data.find((trace) => trace.customdata)?.customdata) || [];

  /* Dash draws a figure for the first time, which brings Plotly; whatever comes after that goes to Plotly alone, past React.
     The turn tells whether the last figure that Dash was given is on the node already. */
  function draw(card, figure) {
    const node = card.querySelector(".js-plotly-plot");
    figure.layout.meta = { turn: card.turn ?? 1 };
    if (card.turn && node?._fullLayout && node.layout?.meta?.turn === card.turn) return void window.Plotly.react(node, figure.data, figure.layout);
    figure.layout.meta.turn = card.turn = (card.turn ?? 0) + 1;
    window.dash_clientside.set_props(`figure-${card.dataset.view}`, { figure });
  }

  function paint(card, arrays, { settings, filter }) {
    const name = card.dataset.view, figure = structuredClone(settings.skeletons[name]);
    for (const [path, value] of Object.entries(arrays)) if (path.includes(".")) put(figure, path, value);
    highlight(figure, filter[card.dataset.dimension]);
    const days = daysOf(figure, settings.dimensions[card.dataset.dimension]);
    product.annotations.draw(figure, days, card.querySelector(".paint").clientWidth);
    if (matchMedia("(pointer: coarse)").matches) figure.layout.dragmode = false;
    if (figure.layout.xaxis) figure.layout.xaxis.nticks = Math.max(3, Math.round(card.clientWidth / 110));
    if (figure.layout.geo) widen(figure.layout.geo, card.querySelector(".paint"));
    draw(card, colored(figure));
    card.querySelector(".card-foot").replaceChildren(...foot(arrays));
    card.querySelector(".told").replaceChildren(...[...arrays.told, ...product.annotations.on(days).map((one) => one.told)].map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    card.querySelector(".graph").setAttribute("aria-hidden", "true");
    listen(card);
  }

  const span = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });

  /* The scale of the colours, what the figure leaves out, and whose data it draws on. */
  function foot({ legend, note, source }) {
    const scale = legend && span("scale", "");
    if (scale) scale.append(legend[0], span("ramp", ""), legend[1]);
    return [scale, note && span("", note), source && span("source", source)].filter(Boolean);
  }

  /* Plotly adds its events to the node when it has drawn for the first time. */
  function listen(card) {
    const node = card.querySelector(".js-plotly-plot");
    if (!node || !node.on) return void requestAnimationFrame(() => listen(card));
    if (node.isHeard) return;
    node.isHeard = true;
    const dimension = card.dataset.dimension;
    node.on("plotly_click", (event) => onClick(dimension, event));
    node.on("plotly_hover", ({ points }) => product.ahead.over(`${dimension}=${memberOf(points)}`, stepOf(dimension, memberOf(points))));
    node.on("plotly_unhover", () => product.ahead.over(null));
    node.on("plotly_selected", (event) => onSpan(dimension, event, node));
  }

  const memberOf = (points) => points?.find((point) => point.customdata !== undefined)?.customdata;

  function stepOf(dimension, member, isMore) {
    const step = product.settings.dimensions[dimension].kind === "time" ? product.filter.clickDay : product.filter.click;
    return (filter) => step(filter, dimension, member, isMore);
  }

  function onClick(dimension, { points, event }) {
    const member = memberOf(points);
    if (member === undefined) return;
    product.state.change(stepOf(dimension, member, event.shiftKey || event.ctrlKey || event.metaKey));
  }

  function onSpan(dimension, event, node) {
    const span = event?.range?.x;
    if (!span) return;
    const [low, high] = span.map((end) => String(end).slice(0, 10)).sort();
    window.Plotly.relayout(node, { selections: [] });
    product.state.change((filter) => product.filter.replace(filter, dimension, { low, high: product.filter.nextDay(high) }));
  }

  product.painters.figure = paint;
})(window.product);
