/* The filter bar: for each dimension a pill that tells what is chosen, with a popover to choose from. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const SEARCH_FROM = 9, MOST_SHOWN = 200;
  let settings = null, page = null, latest = [];

  const controls = () => [...document.querySelectorAll(".control[data-dimension]")];
  const part = (control, name) => control.querySelector("." + name);
  const make = (...parts) => product.make(...parts);

  function words(dimension, clause) {
    if (!clause) return "all";
    if (!product.filter.isRange(clause)) return clause.values.length > 2 ? `${clause.values.length} chosen` : clause.values.join(", ");
    const isTime = settings.dimensions[dimension]?.kind === "time", write = isTime ? product.format.day : product.format.exact;
    if (isTime && clause.low && clause.high) return product.format.days(clause.low, product.filter.dayBefore(clause.high));
    return [clause.low && `from ${write(clause.low)}`, clause.high && `before ${write(clause.high)}`].filter(Boolean).join(" ");
  }

  const described = (dimension, clause) => `${settings.dimensions[dimension]?.label ?? dimension}: ${words(dimension, clause)}`;
  const label = (dimension) => described(dimension, product.state.filter[dimension]);
  const describe = (filter) => Object.keys(filter).map((name) => described(name, filter[name])).join(", ");

  function paint(filter, newPage) {
    page = newPage;
    latest = [...latest.filter((name) => filter[name]), ...Object.keys(filter).filter((name) => !latest.includes(name))];
    for (const control of controls()) {
      const clause = filter[control.dataset.dimension];
      control.classList.toggle("active", Boolean(clause));
      part(control, "pill-value").textContent = words(control.dataset.dimension, clause);
      part(control, "remove").hidden = !clause;
      if (!part(control, "popover").hidden) fill(control);
    }
    document.getElementById("clear-all").hidden = !Object.keys(filter).length;
    product.undo.paint();
  }

  function open(control) {
    close();
    fill(control);
    part(control, "popover").hidden = false;
    part(control, "pill").setAttribute("aria-expanded", "true");
    product.popover.place(part(control, "popover"));
    part(control, "popover").querySelector("input")?.focus({ preventScroll: isInSight(control) });
  }

  function isInSight(control) {
    const { top, bottom } = control.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }

  function close(shallFocus) {
    for (const control of controls().filter((c) => !part(c, "popover").hidden)) {
      part(control, "popover").hidden = true;
      part(control, "popover").replaceChildren();
      part(control, "pill").setAttribute("aria-expanded", "false");
      if (shallFocus) part(control, "pill").focus();
    }
  }

  function fill(control) {
    if (!page) return;
    const dimension = control.dataset.dimension, popover = part(control, "popover");
    if (settings.dimensions[dimension].kind === "time") return product.dates.fill(popover, dimension, page.data);
    if (!page.choices[dimension]) return;
    if (!popover.childElementCount) popover.append(...frame(popover, dimension));
    fillList(popover, dimension);
  }

  function frame(popover, dimension) {
    const search = make("input", { type: "search", className: "search", placeholder: "Search" });
    search.setAttribute("aria-label", "Search choices");
    search.oninput = () => fillList(popover, dimension);
    search.hidden = page.choices[dimension].members.length < SEARCH_FROM;
    const none = make("button", { type: "button", className: "link", textContent: "All" });
    none.onclick = () => product.state.change((filter) => product.filter.replace(filter, dimension, null));
    return [search, ...product.ranges.of(dimension), make("div", { className: "choices" }), make("div", { className: "popover-foot" }, none)];
  }

  function fillList(popover, dimension) {
    const { members, counts } = page.choices[dimension];
    const wanted = popover.querySelector(".search").value.trim().toLowerCase();
    const chosen = product.filter.values(product.state.filter, dimension);
    const most = Math.max(...counts, 1), list = popover.querySelector(".choices");
    const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
    const found = members.map((member, place) => ({ member, count: counts[place] })).filter(({ member, count }) =>
      member.toLowerCase().includes(wanted) && (count || chosen.includes(member) || members.length < SEARCH_FROM));
    const rows = found.slice(0, MOST_SHOWN).map((choice) => row(choice, chosen, most, dimension));
    const rest = found.length - rows.length;
    if (rest > 0) rows.push(make("p", { className: "hint", textContent: `${product.format.count(rest)} more; search to find them` }));
    if (!found.length) rows.push(make("p", { className: "hint", textContent: "No such value" }));
    list.replaceChildren(...rows);
    if (focused !== null) [...list.querySelectorAll("input")].find((input) => input.value === focused)?.focus();
  }

  function row({ member, count }, chosen, most, dimension) {
    const box = make("input", { type: "checkbox", value: member, checked: chosen.includes(member) });
    box.onchange = () => product.state.change((filter) => product.filter.toggle(filter, dimension, member));
    const name = make("span", { className: "name", textContent: member });
    const number = make("span", { className: "number", textContent: product.format.count(count) });
    const choice = make("label", { className: "choice" }, box, name, number);
    choice.style.setProperty("--share", `${(100 * count) / most}%`);
    return choice;
  }

  function onClick(event) {
    const control = event.target.closest(".control[data-dimension]"), wanted = event.target.closest("[data-open]")?.dataset.open;
    if (wanted) return open(controls().find((one) => one.dataset.dimension === wanted));
    if (event.target.closest("#more-filters")) document.getElementById("filters").classList.add("with-extra");
    if (!control) return close();
    if (event.target.closest(".control > .remove")) {
      close();
      product.state.change((filter) => product.filter.replace(filter, control.dataset.dimension, null));
    } else if (event.target.closest(".pill")) {
      if (part(control, "popover").hidden) open(control); else close(true);
    }
  }

  function setUp(given) {
    settings = given;
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && escape());
  }

  /* Escape closes what is open; where nothing is, it takes the newest filter away. */
  function escape() {
    if (controls().some((control) => !part(control, "popover").hidden)) return close(true);
    const newest = last();
    if (newest) product.state.change((filter) => product.filter.replace(filter, newest, null));
  }

  const last = () => latest[latest.length - 1];
  const all = () => describe(product.state.filter);

  product.controls = { setUp, paint, open, label, describe, last, all };
})(window.product);
