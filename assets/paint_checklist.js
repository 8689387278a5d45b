/* Checklists within sheets: what all answers come to, what is wrong in full, the rest as marks that unfold. See dashboard/sheets/checklist.py. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const make = (...parts) => product.make(...parts);
  const GLYPHS = { passed: "\u2713", warning: "!", failed: "\u2715", unknown: "?" };
  const opened = new Set();

  const mark = (status) => make("i", { className: `check-mark ${status}`, "aria-hidden": "true" }, GLYPHS[status]);

  /* What was unfolded stays so when the next answer is drawn. */
  function fold(key, className, summary, body) {
    const made = make("details", { className, open: opened.has(key), ontoggle: () => opened[made.open ? "add" : "delete"](key) }, summary, body);
    return made;
  }

  function numbers(rows, label) {
    if (!rows.length) return null;
    const list = make("dl", {}, ...rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    return fold(label, "check-numbers", make("summary", { "aria-label": `Numbers, ${label}` }, "Numbers"), list);
  }

  function item({ status, word, label, text, remedy, numbers: rows }) {
    const told = make("span", { className: status === "passed" ? "unseen" : `check-word ${status}` }, word);
    const name = make("div", { className: "check-label" }, make("span", {}, label), told);
    const answer = make("div", { className: "check-text" }, make("p", {}, text), remedy && make("p", { className: "check-remedy" }, make("b", {}, "What to do: "), remedy), numbers(rows, label));
    return make("li", { className: `check ${status}` }, mark(status), name, answer);
  }

  const list = (label, items) => make("ul", { className: "checks", role: "list", "aria-label": label }, ...items.map(item));

  function chip({ status, label, text, word }) {
    return make("span", { className: "check-chip", "data-tip": text }, mark(status), make("span", { className: "unseen" }, `${word}: `), label);
  }

  function folded(items) {
    const summary = make("summary", {}, make("span", { className: "check-chips" }, ...items.map(chip)), make("span", { className: "check-more" }, "What each says"));
    return fold("", "check-fold", summary, list("What is not wrong", items));
  }

  function checklist({ said, status, items }) {
    const isWrong = (one) => one.status === "failed" || one.status === "warning";
    const wrong = items.filter(isWrong), rest = items.filter((one) => !isWrong(one));
    return make("div", { className: "checklist" }, make("p", { className: `check-said ${status}` }, said), wrong.length > 0 && list("What is wrong", wrong), rest.length > 0 && folded(rest));
  }

  product.checklist = { make: checklist };
})(window.product);
