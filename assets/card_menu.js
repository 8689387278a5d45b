/* The menu of a card: its numbers as a table, and what can be taken away. */
window.product = window.product || {};
(function (product) {
  "use strict";
  let opened = null;

  const make = (tag, fields, text) => Object.assign(document.createElement(tag), fields, { textContent: text });
  const button = (menu) => menu.parentElement.querySelector(".menu-button");
  const items = () => [...opened.children];

  function action(text, act) {
    return make("button", { type: "button", onclick: () => { close(true); act(); } }, text);
  }

  function download(card, kind, text) {
    const href = `/cards/${encodeURIComponent(card.dataset.view)}.${kind}${location.search}`;
    return make("a", { href, download: "", onclick: () => close(true) }, text);
  }

  function contents(card) {
    const other = product.twins.isShown(card) ? "Show as chart" : "Show as table";
    const parts = [
      action(other, () => product.twins.toggle(card)),
      download(card, "zip", "Download CSV, zipped"),
      download(card, "xlsx", "Download Excel"),
      action("Download image", () => product.image.save(card)),
    ];
    for (const part of parts) { part.setAttribute("role", "menuitem"); part.tabIndex = -1; }
    return parts;
  }

  function open(menu, place = 0) {
    close();
    opened = menu;
    menu.replaceChildren(...contents(menu.closest("[data-view]")));
    menu.hidden = false;
    button(menu).setAttribute("aria-expanded", "true");
    items().at(place).focus();
  }

  function close(shallFocus) {
    if (!opened) return;
    const menu = opened;
    opened = null;
    menu.hidden = true;
    menu.replaceChildren();
    button(menu).setAttribute("aria-expanded", "false");
    if (shallFocus) button(menu).focus();
  }

  function onClick({ target }) {
    const pressed = target.closest?.(".menu-button");
    if (!pressed) { if (!target.closest?.(".menu")) close(); return; }
    const menu = pressed.parentElement.querySelector(".menu");
    if (opened === menu) close(true); else open(menu);
  }

  function move(event) {
    const all = items(), now = all.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") return close();
    if (event.key === "Escape") close(true);
    else if (next === undefined) return;
    else all.at(next % all.length).focus();
    event.preventDefault();
  }

  /* Before anyone else hears of it: Escape closes the menu and takes no filter away. */
  function onKey(event) {
    if (opened) return move(event);
    if (!event.target.matches?.(".menu-button") || !/^Arrow(Up|Down)$/.test(event.key)) return;
    event.preventDefault();
    open(event.target.parentElement.querySelector(".menu"), event.key === "ArrowUp" ? -1 : 0);
  }

  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey, true);
})(window.product);
