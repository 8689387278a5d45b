/* Rows of tables that filter: a press keeps what a row's sessions have in common and nothing else that was picked on the card,
   another takes it back, with shift it is one more or one less. An option remembers what was picked; the card is made without it. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const { parse, replace, toQuery } = product.filter;
  const membersOf = (dimension) => product.page.data.choices[dimension]?.members || [];
  const isKept = (filter, [dimension, member]) => product.marks.kept(product.page.data, filter, dimension, [member])?.length === 1;
  const isIn = (filter, members) => members.every((one) => isKept(filter, one));
  const isAlone = (filter, [dimension, member]) => product.filter.values(filter, dimension).length === 1 && isKept(filter, [dimension, member]);
  const clauses = (members) => Object.fromEntries(members.map(([dimension, member]) => [dimension, { values: [member] }]));
  const without = (filter, dimensions) => dimensions.reduce((left, dimension) => replace(left, dimension, null), filter);

  /* What was picked on a card, as long as all of it holds. */
  function picked(filter, option) {
    const found = parse(product.state.options[option] || ""), names = Object.keys(found);
    const holds = names.every((name) => filter[name] && toQuery({ [name]: filter[name] }) === toQuery({ [name]: found[name] }));
    return holds ? names : [];
  }

  const toggle = (filter, [dimension, member]) => product.marks.click(product.page.data, filter, { dimension, member, members: membersOf(dimension) }, true);

  /* One row more, or one less. */
  function more(filter, members) {
    const isLess = isIn(filter, members);
    return members.reduce((next, one) => (isKept(next, one) === isLess ? toggle(next, one) : next), filter);
  }

  function only(filter, members, before) {
    const names = members.map(([dimension]) => dimension), others = before.filter((name) => !names.includes(name));
    if (!others.length && members.every((one) => isAlone(filter, one))) return without(filter, names);
    return { ...without(filter, before), ...clauses(members) };
  }

  function choose({ option, members }, isMore) {
    const { filter, options } = product.state, { [option]: _, ...rest } = options, before = picked(filter, option);
    const next = isMore ? more(filter, members) : only(filter, members, before);
    const names = [...new Set([...(isMore ? before : []), ...members.map(([dimension]) => dimension)])].filter((name) => next[name]);
    const kept = toQuery(Object.fromEntries(names.map((name) => [name, next[name]])));
    product.state.apply(next, kept ? { ...rest, [option]: kept } : rest);
  }

  function make(text, pick) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "pick", textContent: text, pick });
    made.setAttribute("aria-pressed", String(isIn(product.state.filter, pick.members)));
    return made;
  }

  /* Rows that filter say so, and are known again when the table is drawn anew. */
  function name(table, label) {
    for (const button of table.querySelectorAll(".pick")) {
      button.dataset.key = `${label}: ${button.textContent}`;
      const row = button.closest("tr");
      row.classList.add("picks");
      row.classList.toggle("chosen", button.getAttribute("aria-pressed") === "true");
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("tr.picks")?.querySelector(".pick");
    if (button && String(getSelection()) === "") choose(button.pick, product.marks.isMore(event));
  });

  product.picks = { make, name };
})(window.product);
