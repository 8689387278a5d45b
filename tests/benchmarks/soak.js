/* Finds what a reader can do on any page, without knowing the page; each target is brought into sight when it is chosen. */
(function () {
  "use strict";
  const OFF = "[hidden], [aria-hidden='true'] button, :disabled, .unseen *, .by-keyboard, .skip";
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.matches(OFF);
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  const kinds = {
    mark: () => shown("[data-view] .dot-row, [data-view] path.point, [data-view] [data-member]"),
    button: () => shown("[data-view] button:not(.dot-row, [data-member], .info), main button[aria-pressed], main [role=tab]"),
    filter: () => shown(".control .pill"),
    choice: () => shown(".popover .choice input, .popover .choice"),
    remove: () => shown(".control .remove, #clear-all"),
    theme: () => shown("#theme"),
    select: () => shown("main select"),
    link: () => shown("nav a[href]"),
  };

  function place(node) {
    node.scrollIntoView({ block: "center" });
    const box = node.getBoundingClientRect(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return box.width && x > 0 && x < innerWidth && y > 0 && y < innerHeight ? [x, y] : null;
  }

  const choose = (nodes, share) => nodes[Math.floor(share * nodes.length)];

  /* Where to click for a gesture of a kind; share is the random number that decides among its targets. */
  function target(kind, share) {
    const node = choose(kinds[kind](), share);
    return node ? place(node) : null;
  }

  function select(share) {
    const node = choose(kinds.select(), share);
    if (!node) return false;
    node.selectedIndex = Math.floor(((share * 7919) % 1) * node.options.length);
    node.dispatchEvent(new Event("input", { bubbles: true }));
    node.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  const pages = () => [...new Set([...document.querySelectorAll("nav a[href]")].map((link) => new URL(link.href)).filter((url) => url.origin === location.origin).map((url) => url.pathname))];
  const linkTo = (path) => place([...document.querySelectorAll("nav a[href]")].findLast((link) => new URL(link.href).pathname === path));

  window.__soak = { target, select, pages, linkTo };
})();
