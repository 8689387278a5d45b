/* Ladders within sheets: rows on one scale, dots with intervals or bars; a row that can be chosen is a button. See dashboard/sheets/ladder.py. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const make = (...parts) => product.make(...parts);
  const percent = (part) => `${(part * 100).toFixed(2)}%`;

  function placed(className, style) {
    const made = make("i", { className });
    made.style.cssText = style;
    return made;
  }

  function marks({ dot, low, high, bar }) {
    const isKnown = low !== undefined && low !== null && high !== null;
    return [
      isKnown && placed("interval", `left:${percent(low)};width:${percent(high - low)}`),
      bar && placed("bar", `left:${percent(bar[0])};width:max(2px,${percent(bar[1] - bar[0])})`),
      dot !== undefined && placed("dot", `left:${percent(dot)}`),
    ];
  }

  function row(one, line) {
    const under = one.value_text || one.under;
    const label = make("span", { className: "ladder-label" }, one.label, one.value_text ? make("small", {}, one.value_text) : null);
    const track = make("span", { className: "ladder-track", "aria-hidden": "true" }, line !== null && placed("line", `left:${percent(line)}`), ...marks(one));
    const number = make("span", { className: "ladder-number" }, one.text, under && !one.value_text ? make("small", {}, under) : null);
    const className = ["ladder-row", `tone-${one.tone}`, one.is_strong && "strong", one.is_current && "current"].filter(Boolean).join(" ");
    const made = make(one.option ? "button" : "div", { className }, label, track, number);
    if (one.tip) made.dataset.tip = one.tip;
    if (one.option) Object.assign(made, { type: "button", value: one.value }).setAttribute("aria-pressed", Boolean(one.is_current));
    if (one.option) Object.assign(made.dataset, { take: one.option, key: `${one.option}=${one.value}` });
    return make("li", {}, made);
  }

  function ladder({ label, ticks, rows, line }) {
    const scale = make("div", { className: "ladder-scale", "aria-hidden": "true" }, ...ticks.map(({ at, text }) => {
      const tick = make("span", {}, text);
      tick.style.left = percent(at);
      return tick;
    }));
    const list = make("ul", { className: "ladder-rows", "aria-label": label }, ...rows.map((one) => row(one, line)));
    return make("figure", { className: rows.some((one) => one.option) ? "ladder choosing" : "ladder" }, make("figcaption", {}, make("h3", {}, label)), list, scale);
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[data-take]");
    if (button) product.state.choose(button.dataset.take, button.value, false);
  });

  product.ladder = { make: ladder };
})(window.product);
