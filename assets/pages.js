/* The pages: all of them are there, one is shown; its address says which. */
window.product = window.product || {};
(function (product) {
  "use strict";
  let pages = {};

  const path = () => location.pathname.replace(/(.)\/$/, "$1");
  const current = () => pages[path()] || null;

  /* Frames that nobody has looked at yet are text, so that the first page need not wait for them. */
  function unfold(grid) {
    grid.innerHTML = grid.dataset.frames;
    grid.removeAttribute("data-frames");
  }

  /* Show the parts of the page at the address; the others keep what was drawn on them. */
  function show() {
    const page = current();
    for (const part of document.querySelectorAll("main [data-page]")) {
      part.hidden = part.dataset.page !== page?.name;
      if (!part.hidden) part.querySelectorAll("[data-frames]").forEach(unfold);
    }
    for (const link of document.querySelectorAll("nav [data-page]")) {
      const isOn = link.dataset.page === page?.name;
      link.classList.toggle("on", isOn);
      if (isOn) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    document.getElementById("filters").hidden = !page?.has_filters;
    document.querySelector(".foot").hidden = page?.has_filters === false;
    document.getElementById("title").textContent = page ? page.title : "Not found";
    document.title = `${page ? page.title : "Not found"} · ${product.settings.title}`;
  }

  /* A link to another page keeps the filter, and needs no new load. */
  function onClick(event) {
    const link = event.target.closest?.("a[href^='/']");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (!pages[url.pathname] || link.hasAttribute("download") || link.target) return;
    event.preventDefault();
    product.state.go(url.pathname, url.search || location.search);
    scrollTo(0, 0);
    document.getElementById("main").focus({ preventScroll: true });
  }

  function setUp(settings) {
    pages = settings.pages;
    document.addEventListener("click", onClick);
    show();
  }

  product.pages = { setUp, show, current };
})(window.product);
