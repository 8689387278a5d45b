/* What stands above the cards: freshness, origin, notices, faults, and the empty state. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const at = (id) => document.getElementById(id);

  function line(text, kind) {
    const box = document.createElement("div");
    box.className = `notice ${kind}`;
    box.setAttribute("role", kind === "fault" ? "alert" : "status");
    box.append(Object.assign(document.createElement("span"), { textContent: text }));
    const close = Object.assign(document.createElement("button"), { type: "button", className: "remove", textContent: "×" });
    close.setAttribute("aria-label", "Dismiss");
    close.onclick = () => box.remove();
    box.append(close);
    return box;
  }

  const fault = (text) => {
    document.body.classList.remove("is-waiting");
    at("notices")?.replaceChildren(line(text, "fault"));
  };

  function freshness(data) {
    const parts = [`${product.format.count(data.n_sessions)} sessions`];
    if (data.last_day) parts.push(`to ${product.format.day(data.last_day)}`);
    parts.push(`loaded ${product.format.ago(Date.now() - data.loaded_at)}`);
    return parts.join(" · ");
  }

  function empty(page) {
    const box = at("empty"), isEmpty = !page.n_sessions;
    box.hidden = !isEmpty;
    at("body").hidden = isEmpty;
    document.getElementById("card-verdict")?.toggleAttribute("hidden", isEmpty);
    if (!isEmpty) return;
    const last = product.controls.last();
    const title = Object.assign(document.createElement("h2"), { textContent: "Nothing matches this selection" });
    const text = Object.assign(document.createElement("p"), { textContent: "No session passes all of these filters. Take one away to see numbers again." });
    const actions = Object.assign(document.createElement("div"), { className: "actions" });
    if (last) {
      const undo = Object.assign(document.createElement("button"), { type: "button", className: "button primary", textContent: `Remove ${product.controls.label(last)}` });
      undo.onclick = () => product.state.change((filter) => product.filter.replace(filter, last, null));
      actions.append(undo);
    }
    actions.append(Object.assign(document.createElement("button"), { type: "button", className: "button clear-all", textContent: "Clear all" }));
    box.replaceChildren(title, text, actions);
  }

  function show(page) {
    at("freshness").textContent = freshness(page.data);
    at("origin").hidden = page.data.origin !== "simulated";
    at("notices").replaceChildren(...page.notices.map((text) => line(text, "note")));
    empty(page);
  }

  product.notices = { show, fault };
})(window.product);
