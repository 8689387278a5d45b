/* What the page is compared with: the pill that chooses it, and its name wherever ghosts are explained. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const OPTION = "compare-to", PREVIOUS = "previous";
  let page = null;

  const chosen = () => product.state.options[OPTION] || "";
  const at = (name) => document.querySelector(`#compare .${name}`);
  const choose = (value) => { product.popover.close(true); product.state.choose(OPTION, value, !value); };

  function words(option) {
    if (!option) return "all sessions";
    if (option === PREVIOUS) return page?.baseline.option === PREVIOUS && page.baseline.name !== "all sessions" ? page.baseline.name : "previous period";
    return product.notes.views.find((view) => view.slug === option)?.name ?? "a saved view";
  }

  function paint(newPage) {
    page = newPage || page;
    if (!page || !document.getElementById("compare")) return;
    const option = chosen();
    document.getElementById("compare").classList.toggle("active", Boolean(option));
    at("pill-value").textContent = words(option);
    at("remove").hidden = !option;
    for (const place of document.querySelectorAll(".baseline-words")) Object.assign(place, { textContent: page.baseline.words, title: page.baseline.words });
    document.getElementById("pale").hidden = !option && !Object.keys(product.state.filter).length;
  }

  function row(value, name, under, isPossible = true) {
    const button = product.make("button", { type: "button", className: "preset", disabled: !isPossible, "aria-pressed": String(chosen() === value) },
      product.make("span", { className: "name", textContent: name }), product.make("small", { textContent: under }));
    button.onclick = () => choose(value);
    return button;
  }

  function fill(box) {
    const previous = page.baseline.previous;
    const views = product.notes.views.filter(({ path }) => product.settings.pages[path]?.has_filters).map(({ slug, name, query }) => row(slug, name, product.savedViews.words(query)));
    box.replaceChildren(
      product.make("p", { className: "hint", textContent: "Pale marks and changes are of:" }),
      row("", "All sessions", ""),
      row(PREVIOUS, "Previous period", previous || "Choose dates that have as many days before them", Boolean(previous) || chosen() === PREVIOUS),
      ...views,
    );
  }

  document.addEventListener("click", ({ target }) => target.closest("#compare > .remove") && choose(""));
  (product.fills ??= {}).compare = fill;
  product.baseline = { paint, fill, choose };
})(window.product);
