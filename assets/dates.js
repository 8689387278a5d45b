/* The popover of the days: presets, and first and last day. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const PRESETS = [["Last 7 days", 7], ["Last 28 days", 28], ["All days", 0]];

  function preset(data, n) {
    if (!n) return null;
    const first = product.filter.dayBefore(data.last_day, n - 1);
    return { low: first < data.first_day ? data.first_day : first, high: product.filter.nextDay(data.last_day) };
  }

  const put = (dimension, clause) => product.state.change((filter) => product.filter.replace(filter, dimension, clause));

  function presetButton(dimension, data, [text, n]) {
    const clause = preset(data, n), now = product.state.filter[dimension];
    const button = Object.assign(document.createElement("button"), { type: "button", className: "preset", textContent: text });
    button.setAttribute("aria-pressed", String(JSON.stringify(clause) === JSON.stringify(now ?? null)));
    button.onclick = () => put(dimension, clause);
    return button;
  }

  function dayInput(name, value, data) {
    const input = Object.assign(document.createElement("input"), { type: "date", value, min: data.first_day, max: data.last_day });
    const label = Object.assign(document.createElement("label"), { className: "day" });
    label.append(Object.assign(document.createElement("span"), { textContent: name }), input);
    return { input, label };
  }

  function fill(popover, dimension, data) {
    const now = product.state.filter[dimension] || {};
    const first = dayInput("From", now.low || data.first_day, data);
    const last = dayInput("To", now.high ? product.filter.dayBefore(now.high) : data.last_day, data);
    const changed = () => {
      if (!first.input.value || !last.input.value) return;
      const [low, high] = [first.input.value, last.input.value].sort();
      put(dimension, { low, high: product.filter.nextDay(high) });
    };
    first.input.onchange = last.input.onchange = changed;
    const presets = Object.assign(document.createElement("div"), { className: "presets" });
    presets.append(...PRESETS.map((one) => presetButton(dimension, data, one)));
    const span = Object.assign(document.createElement("div"), { className: "days" });
    span.append(first.label, last.label);
    popover.replaceChildren(presets, span);
  }

  product.dates = { fill };
})(window.product);
