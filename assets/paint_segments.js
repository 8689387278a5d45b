/* Segments: the sentence on who converts best and worst, and two ranked lists of rows that filter by all their members at once. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const OPTION = "segments-chosen", TICK_PX = 30;
  const element = (tag, className, ...children) => {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...children);
    return made;
  };

  const membersOf = (query) => Object.entries(product.filter.parse(query || "")).map(([dimension, { values = [] }]) => [dimension, values[0]]);

  const isInForce = (members, filter) => members.length > 0 && members.every(([dimension, member]) => {
    const values = product.filter.values(filter, dimension);
    return values.length === 1 && values[0] === member;
  });

  const without = (filter, members) => members.reduce((left, [dimension]) => product.filter.replace(left, dimension, null), filter);
  const clauses = (members) => Object.fromEntries(members.map(([dimension, member]) => [dimension, { values: [member] }]));

  /* The filter less the segment that was chosen here, of which the lists are made. */
  function beside(filter) {
    const chosen = membersOf(product.state.options[OPTION]);
    return isInForce(chosen, filter) ? without(filter, chosen) : filter;
  }

  /* All clauses of a segment in one gesture; where another one was chosen here, that one goes. */
  function choose({ members }) {
    const { filter, options } = product.state, { [OPTION]: _, ...rest } = options;
    if (isInForce(members, filter)) return product.state.apply(without(filter, members), rest);
    product.state.apply({ ...beside(filter), ...clauses(members) }, { ...rest, [OPTION]: product.filter.toQuery(clauses(members)) });
  }

  /* Escape takes a whole segment back, as long as nothing was chosen after it. */
  function onEscape(event) {
    const { filter, options } = product.state, { [OPTION]: query, ...rest } = options, members = membersOf(query);
    if (event.key !== "Escape" || event.defaultPrevented || !isInForce(members, filter)) return;
    const isNewest = members.some(([dimension]) => dimension === product.controls.last());
    if (!isNewest || document.querySelector(".popover:not([hidden])")) return;
    event.preventDefault();
    product.state.apply(without(filter, members), rest);
  }

  function headline(card, arrays, { filter }) {
    const among = Object.keys(beside(filter)).map(product.controls.label).join(" · ");
    const put = (name, text) => { card.querySelector("." + name).textContent = text; };
    put("scope", among);
    card.querySelector(".scope").hidden = !among;
    for (const name of ["headline", "summary", "detail"]) put(name, arrays[name]);
    card.querySelector("details").hidden = !arrays.detail;
  }

  /* One axis for both lists; the rate of the whole is on it. */
  function axisOf({ best, worst, whole }) {
    const ends = [...best, ...worst].flatMap((row) => [row.low, row.high]).concat(whole.value ?? []);
    const low = Math.min(...ends), high = Math.max(...ends), room = (high - low) * 0.05 || 0.01;
    return { low: low - room, high: high + room };
  }

  const at = (axis, value) => (100 * (value - axis.low)) / (axis.high - axis.low);

  function paint(card, arrays, { filter }) {
    card.querySelector(".lead").textContent = arrays.lead;
    card.querySelector(".lead").hidden = !arrays.lead;
    card.querySelector(".counted").textContent = arrays.counted;
    card.classList.toggle("nothing-stands-out", Boolean(arrays.lead));
    const focused = card.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    for (const list of card.querySelectorAll("[data-list]")) {
      const rows = arrays[list.dataset.list];
      list.parentElement.hidden = !rows.length;
      list.replaceChildren(...rows.map((row) => rowOf(row, arrays, filter, card)), axisRow());
    }
    for (const scale of card.querySelectorAll(".segment-axis")) scale.replaceChildren(...ticks(axisOf(arrays), scale.clientWidth));
    if (focused) [...card.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused)?.focus();
    foot(card, arrays);
  }

  function foot(card, arrays) {
    const parts = [element("span", "segment-whole", element("i", ""), arrays.whole.text), element("span", "", arrays.read)];
    if (arrays.passed_over.length) parts.push(element("span", "", `Not looked at: ${arrays.passed_over.join(", ")}`));
    card.querySelector(".card-foot").replaceChildren(...parts);
  }

  function rowOf(row, arrays, filter, card) {
    const chosen = isInForce(row.members, filter), key = row.words, isOpen = card.dataset.expanded === key;
    const button = element("button", "segment", element("span", "segment-head", element("span", "segment-name", row.words), mark(row)), track(row, arrays),
      element("span", "segment-rate", row.rate), engines(row), element("span", "segment-raw", row.raw));
    Object.assign(button, { type: "button", onclick: () => choose(row) });
    button.dataset.key = key;
    button.setAttribute("aria-pressed", String(chosen));
    button.setAttribute("aria-label", `${row.text}. ${row.engines.map((one) => one.text).join(". ")}. ${row.stands_out ? "Stands out" : "Within chance"}.`);
    const item = element("li", "segment-row", button, opener(row, key, isOpen, card), details(row, isOpen));
    item.classList.toggle("chosen", chosen);
    return item;
  }

  function mark({ stands_out }) {
    const said = element("span", "segment-mark", element("i", ""), stands_out ? "stands out" : "within chance");
    said.classList.toggle("stands-out", stands_out);
    return said;
  }

  function engines(row) {
    return element("span", "segment-engines", ...row.engines.map(({ name, rate, text }) => {
      const one = element("span", "", element("i", ""), `${name} ${rate}`);
      one.style.setProperty("--color", product.marks.color(name));
      one.dataset.tip = text;
      return one;
    }));
  }

  function track(row, arrays) {
    const axis = axisOf(arrays), line = element("i", "interval"), dot = element("i", "dot");
    line.style.cssText = `left:${at(axis, row.low)}%;width:${at(axis, row.high) - at(axis, row.low)}%`;
    dot.style.left = `${at(axis, row.value)}%`;
    const made = element("span", "segment-track", whole(axis, arrays), line, dot);
    made.dataset.tip = row.text;
    return made;
  }

  function whole(axis, arrays) {
    const line = element("i", "whole");
    line.style.left = `${at(axis, arrays.whole.value)}%`;
    return line;
  }

  function axisRow() {
    const row = element("li", "segment-foot", element("span", "segment-axis"));
    row.setAttribute("aria-hidden", "true");
    return row;
  }

  function ticks(axis, width) {
    const found = product.format.ticks(axis.low, axis.high, Math.max(3, Math.floor(width / TICK_PX)));
    const places = found.some((tick) => Math.abs(tick * 100 - Math.round(tick * 100)) > 1e-6) ? 1 : 0;
    return found.map((tick) => {
      const text = element("span", tick === found.at(-1) ? "last" : "", product.format.fixed(tick * 100, places));
      text.style.left = `${at(axis, tick)}%`;
      return text;
    });
  }

  function opener(row, key, isOpen, card) {
    const button = element("button", "segment-more", element("i", ""));
    Object.assign(button, { type: "button" });
    button.dataset.key = `${key} details`;
    button.setAttribute("aria-label", `Details of ${row.words}`);
    button.setAttribute("aria-expanded", String(isOpen));
    button.onclick = () => expand(button, card, key);
    return button;
  }

  /* One row is open at a time. */
  function expand(button, card, key) {
    const shallOpen = button.getAttribute("aria-expanded") === "false";
    card.dataset.expanded = shallOpen ? key : "";
    for (const one of card.querySelectorAll(".segment-more")) {
      const isOpen = one === button && shallOpen;
      one.setAttribute("aria-expanded", String(isOpen));
      one.nextElementSibling.hidden = !isOpen;
    }
  }

  function details(row, isOpen) {
    const list = element("dl", "segment-details", ...row.details.map(([name, value]) => element("div", "", element("dt", "", name), element("dd", "", value))));
    list.hidden = !isOpen;
    return list;
  }

  document.addEventListener("keydown", onEscape);
  product.painters.headline = headline;
  product.painters.segments = paint;
})(window.product);
