/* One tooltip for everything that carries data-tip, by mouse and by keyboard. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const GAP = 8;
  let box = null, owner = null;

  function show(target) {
    if (!box) {
      box = Object.assign(document.createElement("div"), { className: "tooltip" });
      box.setAttribute("role", "tooltip");
      document.body.append(box);
    }
    owner = target;
    box.textContent = target.dataset.tip;
    box.hidden = false;
    const mark = target.getBoundingClientRect(), size = box.getBoundingClientRect();
    const left = Math.min(Math.max(GAP, mark.left + mark.width / 2 - size.width / 2), innerWidth - size.width - GAP);
    const above = mark.top - size.height - GAP;
    box.style.left = `${left}px`;
    box.style.top = `${above > GAP ? above : mark.bottom + GAP}px`;
  }

  function hide() {
    if (box) box.hidden = true;
    owner = null;
  }

  const tipped = (event) => event.target.closest && event.target.closest("[data-tip]");
  document.addEventListener("pointerover", (event) => { const t = tipped(event); if (t && t !== owner) show(t); else if (!t) hide(); });
  document.addEventListener("focusin", (event) => { const t = tipped(event); if (t && t.matches(":focus-visible")) show(t); });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", hide, { passive: true, capture: true });
  product.tooltip = { show, hide };
})(window.product);
