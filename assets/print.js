/* A page on paper or as PDF: laid out as a sheet, light, every card drawn, with where it is from and what it means. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const PATIENCE_MS = 4000, LOOK_MS = 60, LONG_PX = 520;
  const root = document.documentElement;
  let theme = null;

  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const isPrinting = () => document.body.classList.contains("is-printing");
  const cards = () => [...document.querySelectorAll("[data-view]")].filter((card) => !card.closest("[hidden]"));
  const figures = () => cards().flatMap((card) => [...card.querySelectorAll(".js-plotly-plot")]);

  function fill() {
    const { title } = product.pages.current() || { title: "" };
    const from = product.origin.lines(product.page.data.filter_text);
    document.getElementById("print-head").replaceChildren(make("h1", `${product.settings.title}: ${title}`), ...from.map((text) => make("p", text)));
    const list = document.createElement("dl");
    for (const [name, meaning] of product.origin.definitions(cards())) list.append(make("dt", name), make("dd", meaning));
    document.getElementById("print-foot").replaceChildren(make("h2", "What the numbers mean"), list);
  }

  /* Lay the page out as a sheet; figures that stand are fitted at once, for who prints by the browser's own menu. */
  function prepare() {
    if (isPrinting() || !product.page?.data) return;
    fill();
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    document.body.classList.add("is-printing");
    for (const figure of figures()) window.Plotly.relayout(figure, { width: figure.parentElement.clientWidth, height: figure.parentElement.clientHeight });
    cards().forEach(product.page.repaint);
    /* A card that fills most of a sheet may go on over the next one; else it would leave the first one empty. */
    for (const card of cards()) card.classList.toggle("is-long", card.offsetHeight > LONG_PX);
  }

  function restore() {
    if (!isPrinting()) return;
    document.body.classList.remove("is-printing");
    root.dataset.theme = theme;
    cards().forEach(product.page.repaint);
    dispatchEvent(new Event("resize"));
  }

  const isDrawn = (card) => !card.querySelector(".skeleton") && [...card.querySelectorAll(".graph")].every((graph) =>
    Math.abs((graph.querySelector(".main-svg")?.clientWidth ?? 0) - graph.clientWidth) < 2);

  async function drawn() {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until && !cards().every(isDrawn);)
      await new Promise((done) => setTimeout(done, LOOK_MS));
    await new Promise((done) => setTimeout(done, 4 * LOOK_MS));
  }

  async function print() {
    prepare();
    await drawn();
    window.print();
  }

  document.addEventListener("click", (event) => { if (event.target.closest("#print")) print(); });
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
  /* Some phones say nothing when they have printed. */
  addEventListener("pointerdown", restore, true);
  addEventListener("keydown", restore, true);
})(window.product);
