/* Undo and redo of gestures: the last fifty URLs, kept for as long as the tab lives. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const MOST = 50, KEY = "gestures";
  let past = [], future = [];

  try { ({ past, future } = JSON.parse(sessionStorage.getItem(KEY)) || { past, future }); } catch { /* private mode */ }

  function keep() {
    try { sessionStorage.setItem(KEY, JSON.stringify({ past, future })); } catch { /* private mode: kept by the page alone */ }
    paint();
  }

  function record(search) {
    past = [...past, search].slice(-MOST);
    future = [];
    keep();
  }

  /* Take the newest URL of one pile; what is shown now goes on the other. */
  function step(from, to) {
    while (from.length && from[from.length - 1] === location.search) from.pop();
    if (!from.length) return keep();
    to.push(location.search);
    const search = from.pop();
    keep();
    product.state.go(location.pathname, search);
  }

  const undo = () => step(past, future);
  const redo = () => step(future, past);

  function paint() {
    document.getElementById("undo")?.toggleAttribute("disabled", !past.length);
    document.getElementById("redo")?.toggleAttribute("disabled", !future.length);
  }

  const isTyping = (target) => target.closest?.("input:not([type=checkbox]), textarea, [contenteditable]");

  document.addEventListener("click", (event) => {
    if (event.target.closest("#undo")) undo();
    if (event.target.closest("#redo")) redo();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
    const key = event.key.toLowerCase(), isRedo = key === "y" || (key === "z" && event.shiftKey);
    if (!isRedo && key !== "z") return;
    event.preventDefault();
    if (isRedo) redo(); else undo();
  });

  product.undo = { record, undo, redo, paint };
})(window.product);
