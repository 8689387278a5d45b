/* Receives a page's numbers and hands them to the painters: words first, then what is in sight, then the rest when it comes. */
window.product = window.product || {};
window.dash_clientside = window.dash_clientside || {};
(function (product) {
  "use strict";
  const YOUNG_MS = 3000;
  product.painters = product.painters || {};
  let settings = null, page = null, early = null, resized = null, observer = null, shownPath = location.pathname;
  const answers = {};
  const inSight = new Set(), stale = new Set();

  const cards = () => [...document.querySelectorAll("[data-view]")];

  const observe = () => cards().forEach((card) => observer.observe(card));

  const isFor = (data) => data.path === location.pathname && data.search === location.search;

  /* Dash has made the frames of all pages. */
  function start(given, notes) {
    if (!given || settings) return;
    setUp(given, notes);
    if (early) receive(early);
  }

  function receive(data) {
    if (!settings) return void (early = data);
    if (!isFor(data)) return;
    if (data.error) return product.server.lose(data.error, data.fault);
    if (data.frame !== settings.frame && performance.now() > YOUNG_MS) return location.reload();
    const news = page && page.data.version !== data.data.version, isGesture = page && page.search !== data.search;
    product.server.found();
    page = answers[data.path] = data;
    product.state.adopt(data.query);
    product.controls.paint(product.state.filter, page);
    product.baseline.paint(page);
    product.savedViews.paint();
    product.notes.see(data.notes);
    product.notices.show(data, news);
    if (isGesture) product.notices.say(data);
    if (isShowable()) paint();
    product.twins.follow();
    product.sessions.follow();
    document.body.classList.add("is-ready");
  }

  function setUp(given, notes) {
    settings = given;
    product.notes.take(notes);
    product.settings = settings;
    product.format.setUp(settings);
    product.controls.setUp(settings);
    product.pages.setUp(settings);
    product.undo.paint();
    product.sessions.setUp();
    observer = new IntersectionObserver(seen, { rootMargin: "200px" });
    observe();
    product.state.onChange(onFilter);
    product.theme.onChange(repaint);
    product.notes.onChange(onNotes);
    addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(repaint, 150); });
  }

  /* Somebody has added or deleted something, here or elsewhere. */
  function onNotes() {
    product.savedViews.paint();
    product.baseline.paint();
    for (const name of ["annotations", "compare", "views"]) product.popover.refresh(name);
    repaint();
  }

  /* What a page without filters says holds for no sessions too. */
  const isShowable = () => page && (page.n_sessions || !product.pages.current()?.has_filters);

  const repaint = () => isShowable() && paint();

  function seen(entries) {
    for (const entry of entries) {
      if (entry.isIntersecting) inSight.add(entry.target); else inSight.delete(entry.target);
      if (entry.isIntersecting && stale.has(entry.target)) paintCard(entry.target);
    }
  }

  function paint() {
    const [words, charts] = [[], []];
    cards().forEach(place);
    for (const card of cards()) (/verdict|headline|kpi/.test(card.dataset.painter) ? words : charts).push(card);
    words.forEach(paintCard);
    charts.forEach((card) => stale.add(card));
    onceShown(() => charts.filter((card) => inSight.has(card) && stale.has(card)).forEach(paintCard));
  }

  /* What is still to come keeps its place; what was told before stays, faint. */
  function place(card) {
    const { is_absent, is_awaited } = product.page.ofCard(card) ?? {}, isKept = Boolean(is_awaited && card.drawn);
    card.classList.toggle("outdated", isKept);
    card.classList.toggle("awaited", Boolean(is_awaited) && !isKept);
    card.hidden = Boolean(is_absent) && !is_awaited;
    if (card.hidden && is_absent) card.drawn = null;
  }

  /* Run when what was written is on the screen: before the second frame, charts would hold the words back. */
  const onceShown = (next) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(next)));

  function paintCard(card) {
    const arrays = page && product.page.ofCard(card);
    if (!arrays) return;
    stale.delete(card);
    if (arrays.is_awaited) return;
    card.dataset.dimension = arrays.dimensions[0] ?? "";
    const shared = card.dataset.painter === "dots" ? page.search : "";
    const drawn = JSON.stringify([arrays, shared, arrays.dimensions.map((name) => product.state.filter[name]), document.documentElement.dataset.theme, card.clientWidth, product.annotations.keyOf(card, arrays)]);
    if (card.drawn === drawn) return;
    card.drawn = drawn;
    showFault(card, arrays.fault);
    if (product.twins.isShown(card)) card.drawn = null;
    else if (!arrays.fault) product.painters[card.dataset.painter](card, arrays, { settings, page, filter: product.state.filter });
    describe(card, arrays);
    card.classList.remove("skeleton");
    card.querySelectorAll(".skeleton").forEach((part) => part.classList.remove("skeleton"));
  }

  /* A card that cannot be answered says why, in place of its chart. */
  function showFault(card, text) {
    card.classList.toggle("failed", Boolean(text));
    card.querySelector(".card-fault")?.remove();
    if (text) card.querySelector(".heading")?.after(product.make("p", { className: "card-fault", textContent: text }));
  }

  /* What a card shows in one sentence, and what is chosen on it. */
  function describe(card, arrays) {
    card.querySelector(".says").textContent = arrays.says;
    for (const select of card.querySelectorAll("select[data-option]")) select.value = arrays.chosen[select.dataset.option];
    for (const button of card.querySelectorAll("button[data-option]")) button.setAttribute("aria-pressed", button.value === arrays.chosen[button.dataset.option]);
    product.sliders.paint(card, arrays.sliders);
  }

  /* A gesture shows at once in the controls and on the marks; the numbers follow. */
  function onFilter(filter) {
    if (!settings) return;
    if (location.pathname !== shownPath) enter();
    if (!page) return;
    if (!isFor(page)) product.server.ask();
    product.controls.paint(filter, page);
    product.baseline.paint();
    product.savedViews.paint();
    requestAnimationFrame(() => isFor(page) || cards().filter((c) => c.dataset.dimension && inSight.has(c)).forEach(paintCard));
  }

  /* Another page: what it showed for this very selection is shown again at once; else its cards wait for numbers. */
  function enter() {
    shownPath = location.pathname;
    product.pages.show();
    observe();
    const known = answers[shownPath], isSame = known && known.search === location.search && known.data.version === page?.data.version;
    if (isSame) page = known;
    else for (const card of cards().filter((c) => !c.closest("[hidden]"))) unpaint(card);
  }

  function unpaint(card) {
    card.drawn = null;
    const parts = card.querySelectorAll(".paint, .kpi-body");
    (parts.length ? [...parts] : [card]).forEach((part) => part.classList.add("skeleton"));
  }

  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("select[data-option]")) product.state.choose(target.dataset.option, target.value, target.selectedIndex === 0);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#theme")) product.theme.toggle();
    const option = event.target.closest("button[data-option]");
    if (option) product.state.choose(option.dataset.option, option.value, !option.previousElementSibling?.matches("button"));
    if (event.target.closest("#clear-all, .clear-all")) product.state.apply({});
    const share = event.target.closest("#share");
    if (share) copyLink().then(() => told(share, "Link copied"), () => told(share, "Copy the address bar"));
  });

  /* The clipboard is there on https and localhost only. */
  const copyLink = async () => navigator.clipboard.writeText(product.savedViews.shared());

  function told(button, text) {
    const before = button.dataset.label || button.textContent;
    button.dataset.label = before;
    button.textContent = text;
    setTimeout(() => { button.textContent = before; }, 1600);
  }

  product.page = {
    /* What the answer holds for a card: of its view, or of its sheet. */
    ofCard: ({ dataset }) => page.views[dataset.view] ?? page.sheets?.[dataset.view],
    repaint: (card) => { card.drawn = null; paintCard(card); },
    get data() { return page; },
  };
  product.version = () => page && page.data.version;
  product.data = () => page && page.data;
  product.isCurrent = () => Boolean(page) && isFor(page);
  product.receive = receive;
  window.dash_clientside.product = { start: (...given) => { start(...given); } };
})(window.product);
