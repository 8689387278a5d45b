/* The memo: a verdict as on the Overview, with its word, why, and what would change it. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";

  function paint(card, arrays, context) {
    product.painters.verdict(card, arrays, context);
    const word = card.querySelector(".word");
    word.textContent = arrays.word;
    word.dataset.kind = arrays.kind;
    for (const part of card.querySelectorAll("[data-part]")) {
      const lines = arrays[part.dataset.part];
      part.hidden = !lines.length;
      part.querySelector("ul").replaceChildren(...lines.map(item));
    }
  }

  function item(text) {
    const made = document.createElement("li");
    made.textContent = text.replace(/(\d) %/g, "$1\u00a0%");
    return made;
  }

  product.painters["verdict-memo"] = paint;
})(window.product);
