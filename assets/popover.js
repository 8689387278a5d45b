/* Popovers beside a button with data-popover: one is open at a time; Escape or a click elsewhere closes it. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const fills = (product.fills ??= {});
  let shown = null;

  const boxOf = (button) => button.parentElement.querySelector(".popover");

  const firstOf = (box) => box.querySelector("[aria-pressed=true]") || box.querySelector("input:not([type=date]), button:not(:disabled)");

  function place(popover) {
    popover.style.left = "0";
    const over = popover.getBoundingClientRect().right - document.documentElement.clientWidth + 12;
    if (over > 0) popover.style.left = `${-over}px`;
  }

  function open(button) {
    close();
    const box = boxOf(button);
    shown = button;
    fills[button.dataset.popover](box);
    box.hidden = false;
    button.setAttribute("aria-expanded", "true");
    place(box);
    firstOf(box)?.focus({ preventScroll: true });
  }

  function close(shallFocus) {
    const button = shown;
    shown = null;
    if (!button) return;
    const box = boxOf(button);
    box.hidden = true;
    box.replaceChildren();
    button.setAttribute("aria-expanded", "false");
    if (shallFocus) button.focus();
  }

  /* Fill what is open anew, and keep the focus within. */
  function refresh(name) {
    if (shown?.dataset.popover !== name) return;
    const box = boxOf(shown), hadFocus = box.contains(document.activeElement);
    fills[name](box);
    if (hadFocus && !box.contains(document.activeElement)) firstOf(box)?.focus({ preventScroll: true });
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-popover]");
    if (button) return button === shown ? close(true) : open(button);
    if (target.isConnected && !target.closest(".popover")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown || event.defaultPrevented) return;
    event.preventDefault();
    close(true);
  });

  product.popover = { close, refresh, place, isOpen: (name) => shown?.dataset.popover === name };
})(window.product);
