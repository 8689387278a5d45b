/* What stands above the cards: freshness, origin, notices, faults, and the empty state. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const at = (id) => document.getElementById(id);

  function button(className, text, onclick) {
    return Object.assign(document.createElement("button"), { type: "button", className, textContent: text, onclick });
  }

  function line(text, kind, ...actions) {
    const box = document.createElement("div");
    box.className = `notice ${kind}`;
    box.setAttribute("role", kind === "fault" ? "alert" : "status");
    const close = button("remove", "×", () => box.remove());
    close.setAttribute("aria-label", "Dismiss");
    box.append(Object.assign(document.createElement("span"), { textContent: text }), ...actions, close);
    return box;
  }

  /* A page that never came has no place for notices yet. */
  function fault(text, again) {
    const box = line(text, "fault", button("button", "Try again", again)), place = at("notices");
    if (place) return place.replaceChildren(box);
    document.querySelector("body > .notice")?.remove();
    document.body.prepend(box);
  }

  function freshness(data) {
    const parts = [`${product.format.count(data.n_sessions)} sessions`];
    if (data.last_day) parts.push(`to ${product.format.day(data.last_day)}`);
    parts.push(`loaded ${product.format.ago(Date.now() - data.loaded_at)}`);
    return parts.join(" · ");
  }

  function empty(page) {
    const box = at("empty"), isEmpty = !page.n_sessions && product.pages.current().has_filters;
    box.hidden = !isEmpty;
    document.body.classList.toggle("is-empty", isEmpty);
    if (!isEmpty) return;
    const last = product.controls.last();
    const title = Object.assign(document.createElement("h2"), { textContent: "Nothing matches this selection" });
    const text = Object.assign(document.createElement("p"), { textContent: "No session passes all of these filters. Take one away to see numbers again." });
    const actions = Object.assign(document.createElement("div"), { className: "actions" });
    if (last) actions.append(button("button primary", `Remove ${product.controls.label(last)}`, () => product.state.change((filter) => product.filter.replace(filter, last, null))));
    actions.append(button("button clear-all", "Clear all"));
    box.replaceChildren(title, text, actions);
  }

  let shown = null;
  const tick = () => { if (shown) at("freshness").textContent = freshness(shown); };

  function show(page, news) {
    shown = page.data;
    tick();
    at("origin").hidden = page.data.origin !== "simulated";
    const notes = page.notices.map((text) => line(text, "note"));
    if (news) notes.unshift(line(`New data has been loaded; every number is of now: ${freshness(page.data)}.`, "news"));
    at("notices").replaceChildren(...notes);
    empty(page);
  }

  /* What a gesture did, for those who cannot see it. */
  function say(page) {
    if (!product.pages.current()?.has_filters) return void (at("live").textContent = Object.values(page.sheets)[0]?.says ?? "");
    const whole = product.format.count(page.data.n_sessions), kept = product.format.count(page.n_sessions);
    const first = page.views.verdict || page.views.headline;
    const head = first && page.n_sessions ? ` ${first.says}` : "";
    at("live").textContent = `${product.controls.all() || "No filter"}: ${kept} of ${whole} sessions.${head}`;
  }

  const tell = (text) => at("notices").prepend(line(text, "note"));

  product.notices = { tell, show, fault, say, tick };
})(window.product);
