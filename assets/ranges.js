/* A range of numbers, as two boxes in the popover of a dimension. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const make = (...parts) => product.make(...parts);

  function box(label, value, onchange) {
    const input = make("input", { type: "number", step: "any", value, onchange });
    return [make("label", { className: "range-end" }, make("span", { textContent: label }), input), input];
  }

  /* The boxes of a dimension of numbers; of any other, nothing. */
  function of(dimension) {
    if (!["number", "band"].includes(product.settings.dimensions[dimension].kind)) return [];
    const now = product.state.filter[dimension], [from, below] = product.filter.isRange(now) ? [now.low, now.high] : ["", ""];
    const apply = () => {
      const clause = { low: low.value, high: high.value }, isUpsideDown = clause.low && clause.high && Number(clause.low) >= Number(clause.high);
      high.setCustomValidity(isUpsideDown ? "must be above the lower end" : "");
      if (high.reportValidity()) product.state.change((filter) => product.filter.replace(filter, dimension, clause));
    };
    const [lowLabel, low] = box("from", from, apply), [highLabel, high] = box("below", below, apply);
    return [make("div", { className: "range" }, lowLabel, highLabel)];
  }

  product.ranges = { of };
})(window.product);
