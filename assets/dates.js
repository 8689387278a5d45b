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
    const button = Object.assign(document.createElement("button"), { type: "button", className: "preset", textContent: text });
    button.onclick = () => put(dimension, preset(data, n));
    button.clause = JSON.stringify(preset(data, n));
    return button;
  }

  function dayInput(name, data) {
    const input = Object.assign(document.createElement("input"), { type: "date", min: data.first_day, max: data.last_day });
    const label = Object.assign(document.createElement("label"), { className: "day" });
    label.append(Object.assign(document.createElement("span"), { textContent: name }), input);
    return label;
  }

  const box = (className, ...children) => {
    const element = Object.assign(document.createElement("div"), { className });
    element.append(...children);
    return element;
  };

  /* A day that is half typed, such as in the year 2, is not valid and changes nothing. */
  function onDay(popover, dimension) {
    const inputs = [...popover.querySelectorAll("input")];
    if (!inputs.every((input) => input.value && input.validity.valid)) return;
    const [low, high] = inputs.map((input) => input.value).sort();
    put(dimension, { low, high: product.filter.nextDay(high) });
  }

  function fill(popover, dimension, data) {
    if (!popover.childElementCount) {
      popover.append(box("presets", ...PRESETS.map((one) => presetButton(dimension, data, one))), box("days", dayInput("From", data), dayInput("To", data)));
      popover.onchange = () => onDay(popover, dimension);
    }
    const now = product.state.filter[dimension];
    for (const button of popover.querySelectorAll(".preset")) button.setAttribute("aria-pressed", String(button.clause === JSON.stringify(now ?? null)));
    const ends = [now?.low || data.first_day, now?.high ? product.filter.dayBefore(now.high) : data.last_day];
    popover.querySelectorAll("input").forEach((input, place) => { if (input !== document.activeElement) input.value = ends[place]; });
  }

  product.dates = { fill };
})(window.product);
