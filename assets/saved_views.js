/* Saved views: which one is shown, and a popover to save, open, compare with, share, rename and delete them. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const KEY = "opened-view", URL_OF = "/api/v1/views";
  const make = (...given) => product.make(...given);
  let opened = null, fault = "", asked = null;

  try { opened = sessionStorage.getItem(KEY); } catch { /* private mode */ }

  function keep(slug) {
    opened = slug;
    try { sessionStorage.setItem(KEY, slug || ""); } catch { /* private mode: known as long as the page */ }
  }

  const canonical = (query) => [product.filter.toQuery(product.filter.parse(query)), product.filter.optionsQuery(product.filter.parseOptions(query))].join("&");
  const here = () => canonical(location.search);
  const isShown = (view) => view.path === location.pathname && canonical(view.query) === here();
  const link = (view) => location.origin + view.link;

  /* The saved view that is shown, or the one that was and has been changed since. */
  function active() {
    const same = product.notes.views.filter(isShown);
    const shown = same.find(({ slug }) => slug === opened) || same[0];
    if (shown) return { view: shown, isChanged: false };
    const view = product.notes.views.find(({ slug, path }) => slug === opened && path === location.pathname);
    return view && here() !== "&" ? { view, isChanged: true } : null;
  }

  function words(query) {
    const filter = product.filter.parse(query), options = product.filter.parseOptions(query);
    const parts = [product.controls.describe(filter) || "All sessions"];
    if (options["compare-to"]) parts.push("compared");
    return parts.join(", ");
  }

  function paint() {
    const now = active(), place = document.getElementById("view-name");
    if (!place) return;
    if (now && !now.isChanged) keep(now.view.slug);
    if (!now && here() === "&") keep("");
    place.hidden = !now;
    if (now) place.replaceChildren(...named(now));
  }

  function named({ view, isChanged }) {
    const name = make("span", { textContent: view.name, title: view.name });
    if (!isChanged) return [name];
    const save = make("button", { type: "button", className: "link", textContent: "Save", "aria-label": `Save the changes to ${view.name}` });
    save.onclick = () => doing(() => product.notes.change("PUT", `${URL_OF}/${view.slug}`, { name: view.name, ...now() }), (text) => product.notices.fault(text));
    return [name, make("span", { className: "changed", textContent: ", changed" }), save];
  }

  const now = () => ({ path: location.pathname, query: location.search.replace(/^\?/, "") });

  async function doing(change, onFault = (text) => { fault = text; }) {
    fault = "";
    try {
      const made = await change();
      asked = null;
      if (made?.slug) keep(made.slug);
    } catch (error) {
      onFault(error.message);
    }
    paint();
    product.popover.refresh("views");
  }

  function fill(box) {
    const typed = box.querySelector("input[name=view]")?.value || "", renamed = box.querySelector("input.asked")?.value;
    const views = product.notes.views, list = make("ul", { className: "notes-list" }, ...views.map((view) => row(view, renamed)));
    box.replaceChildren(
      saving(typed),
      make("p", { className: "fault", role: "alert", hidden: !(fault || product.notes.fault), textContent: fault || product.notes.fault }),
      views.length ? list : make("p", { className: "hint", textContent: "No view is saved yet. A saved view keeps this page with its filter under a name and a short link." }),
    );
  }

  function saving(typed) {
    const input = make("input", { type: "text", name: "view", maxLength: 80, value: typed, placeholder: "Name of this view", className: "field", required: true, "aria-label": "Name of this view", autocomplete: "off" });
    const form = make("form", { className: "one-line" }, input, make("button", { className: "button primary", textContent: "Save" }));
    form.onsubmit = (event) => {
      event.preventDefault();
      doing(async () => { const made = await product.notes.change("POST", URL_OF, { name: input.value, ...now() }); document.querySelector("input[name=view]").value = ""; return made; });
    };
    return form;
  }

  function row(view, renamed) {
    if (asked?.slug === view.slug) return make("li", {}, asked.verb === "rename" ? renaming(view, renamed) : deleting(view));
    const open = make("a", { className: "name", href: `${view.path}${view.query && "?" + view.query}`, textContent: view.name });
    open.onclick = (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) show(event, view); };
    const page = product.settings.pages[view.path], where = page?.has_filters ? ` · ${words(view.query)}` : "";
    const under = make("small", { textContent: `${page?.title ?? view.path}${where}` });
    return make("li", isShown(view) ? { className: "on", "aria-current": "true" } : {}, open, under, make("div", { className: "deeds" }, ...deeds(view)));
  }

  function show(event, view) {
    event.preventDefault();
    keep(view.slug);
    product.popover.close(true);
    const search = view.query && "?" + view.query;
    if (view.path === location.pathname) product.state.apply(product.filter.parse(search), product.filter.parseOptions(search));
    else product.state.go(view.path, search);
  }

  function deeds(view) {
    const deed = (text, onclick) => make("button", { type: "button", className: "link", textContent: text, "aria-label": `${text}: ${view.name}`, onclick });
    const copy = deed("Copy link", () => navigator.clipboard?.writeText(link(view)).then(() => { copy.textContent = "Copied"; }, () => { copy.textContent = link(view); }));
    const compare = product.settings.pages[view.path]?.has_filters && deed("Compare", () => product.baseline.choose(view.slug));
    return [compare, copy, deed("Rename", () => ask("rename", view)), deed("Delete", () => ask("delete", view))].filter(Boolean);
  }

  function ask(verb, view) {
    asked = view && { verb, slug: view.slug };
    fault = "";
    product.popover.refresh("views");
    document.querySelector(".asked")?.focus();
  }

  function renaming(view, typed = view.name) {
    const input = make("input", { type: "text", className: "field asked", maxLength: 80, value: typed, required: true, "aria-label": `New name of ${view.name}` });
    const form = make("form", { className: "one-line" }, input, make("button", { className: "button", textContent: "Rename" }));
    form.onsubmit = (event) => {
      event.preventDefault();
      doing(() => product.notes.change("PUT", `${URL_OF}/${view.slug}`, { name: input.value, path: view.path, query: view.query }));
    };
    form.onkeydown = (event) => { if (event.key === "Escape") { event.preventDefault(); ask(); } };
    return form;
  }

  function deleting(view) {
    const yes = make("button", { type: "button", className: "button asked", textContent: "Delete" }), no = make("button", { type: "button", className: "link", textContent: "Keep" });
    yes.onclick = () => doing(() => product.notes.change("DELETE", `${URL_OF}/${view.slug}`));
    no.onclick = () => ask();
    return make("div", { className: "one-line" }, make("span", { className: "name", textContent: `Delete ${view.name} and its link for everyone?` }), yes, no);
  }

  /* What "Share" copies: the short link of the view that is shown, else the long one. */
  function shared() {
    const shown = active();
    return shown && !shown.isChanged ? link(shown.view) : location.href;
  }

  (product.fills ??= {}).views = fill;
  product.savedViews = { paint, fill, words, shared };
})(window.product);
