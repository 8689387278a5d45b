/* Sliders: a number that the reader drags on a card; it stands in the URL, and the page answers while it is dragged. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const WAIT_MS = 90;
  let timer = null, dragged = null;

  /* The frames of sliders, each with its parts once it was first painted. */
  const sliders = (card) => [...card.querySelectorAll(".slider-of")].map((frame) => frame.querySelector("input") ?? fill(frame));

  function fill(frame) {
    const { slider, label } = frame.dataset, input = product.make("input", { type: "range", "data-slider": slider });
    frame.append(product.make("label", {}, product.make("span", {}, label), product.make("output", {}), input));
    return input;
  }
  const text = (input) => product.format.value(input.stops.values[input.value], input.stops.unit);

  function tell(input) {
    input.previousElementSibling.textContent = text(input);
    input.setAttribute("aria-valuetext", text(input));
  }

  /* Put the answer's stops in place; one that is being dragged stays where the hand has it. */
  function paint(card, given) {
    for (const input of sliders(card)) {
      const stops = given?.[input.dataset.slider];
      input.closest(".slider-of").hidden = !stops;
      if (!stops || input === dragged) continue;
      input.stops = stops;
      Object.assign(input, { min: 0, max: stops.values.length - 1, step: 1, value: stops.at });
      tell(input);
    }
  }

  function put(input, goesOn) {
    clearTimeout(timer);
    const { values, usual } = input.stops, at = Number(input.value);
    product.state.choose(input.dataset.slider, String(values[at]), at === usual, goesOn);
  }

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("input[data-slider]")) return;
    const goesOn = dragged === target && target.isPut;
    dragged = target;
    tell(target);
    clearTimeout(timer);
    timer = setTimeout(() => { target.isPut = true; put(target, goesOn); }, WAIT_MS);
  });

  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("input[data-slider]")) return;
    put(target, dragged === target && target.isPut);
    target.isPut = false;
    dragged = null;
  });

  product.sliders = { paint };
})(window.product);
