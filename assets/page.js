/* Receives a page's numbers and hands them to the painters: words first, then what is in sight, then the rest when it comes. */
window.product = window.product || {};
window.dash_clientside = window.dash_clientside || {};
(function (product) {
  "use strict";
  const YOUNG_MS = 3000;
  product.painters = product.painters || {};
  let settings = null, page = null, resized = null, observer = null;
  const inSight = new Set(), stale = new Set();

  const cards = () => [...document.querySelectorAll("[data-view]")];

  function receive(data, given) {
    if (!data || !given) return;
    if (data.search !== location.search) return;
    if (!settings) setUp(given);
    if (data.error) return product.server.lose(data.error);
    if (data.frame !== settings.frame && performance.now() > YOUNG_MS) return location.reload();
    const news = page && page.data.version !== data.data.version;
    product.server.found();
    page = data;
    product.state.adopt(data.query);
    product.controls.paint(product.state.filter, page);
    product.notices.show(data, news);
    if (data.n_sessions) paint();
    document.body.classList.add("is-ready");
  }

  function setUp(given) {
    settings = given;
    product.settings = settings;
    product.format.setUp(settings);
    product.controls.setUp(settings);
    observer = new IntersectionObserver(seen, { rootMargin: "200px" });
    cards().forEach((card) => observer.observe(card));
    product.state.onChange(onFilter);
    product.theme.onChange(repaint);
    addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(repaint, 150); });
  }

  const repaint = () => page && page.n_sessions && paint();

  function seen(entries) {
    for (const entry of entries) {
      if (entry.isIntersecting) inSight.add(entry.target); else inSight.delete(entry.target);
      if (entry.isIntersecting && stale.has(entry.target)) paintCard(entry.target);
    }
  }

  function paint() {
    const [words, charts] = [[], []];
    for (const card of cards()) (/verdict|kpi/.test(card.dataset.painter) ? words : charts).push(card);
    words.forEach(paintCard);
    charts.forEach((card) => stale.add(card));
    requestAnimationFrame(() => charts.filter((card) => inSight.has(card)).forEach(paintCard));
  }

  function paintCard(card) {
    const arrays = page && page.views[card.dataset.view];
    if (!arrays) return;
    stale.delete(card);
    const shared = card.dataset.painter === "dots" ? page.search : "";
    const drawn = JSON.stringify([arrays, shared, product.state.filter[card.dataset.dimension], document.documentElement.dataset.theme, card.clientWidth]);
    if (card.drawn === drawn) return;
    card.drawn = drawn;
    product.painters[card.dataset.painter](card, arrays, { settings, page, filter: product.state.filter });
    card.classList.remove("skeleton");
    card.querySelectorAll(".skeleton").forEach((part) => part.classList.remove("skeleton"));
  }

  /* A gesture shows at once in the controls and on the marks; the numbers follow. */
  function onFilter(filter) {
    if (!settings || !page) return;
    product.controls.paint(filter, page);
    if (page.search === location.search) return;
    product.server.wait();
    requestAnimationFrame(() => cards().filter((c) => c.dataset.dimension && inSight.has(c)).forEach(paintCard));
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#theme")) product.theme.toggle();
    if (event.target.closest("#clear-all, .clear-all")) product.state.apply({});
    const share = event.target.closest("#share");
    if (share) copyLink().then(() => told(share, "Link copied"), () => told(share, "Copy the address bar"));
  });

  /* The clipboard is there on https and localhost only. */
  const copyLink = async () => navigator.clipboard.writeText(location.href);

  function told(button, text) {
    const before = button.dataset.label || button.textContent;
    button.dataset.label = before;
    button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 1600);
  }

  product.version = () => page && page.data.version;
  product.isCurrent = () => Boolean(page) && page.search === location.search;
  window.dash_clientside.product = { receive: (data, given) => { receive(data, given); } };
})(window.product);
