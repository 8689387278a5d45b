/* What a picture or a print says of itself: its filter, where its data is from, and what its numbers mean. */
window.product = window.product || {};
(function (product) {
  "use strict";

  /* The filter in words, version and size of the data, when it was loaded, and whether it is simulated. */
  function lines(filterText) {
    const { version, n_sessions: n, loaded_at: loadedAt, origin } = product.page.data.data;
    const [day, time] = new Date(loadedAt).toISOString().split(/[T.]/);
    const loaded = `loaded ${product.format.day(day)} ${time.slice(0, 5)} UTC`;
    const data = [`Data version ${version.split("-")[0]}`, loaded, `${product.format.count(n)} sessions`];
    if (origin === "simulated") data.push("simulated data");
    const { option, words } = product.page.data.baseline, compared = option ? ` · pale and changes: ${words}` : "";
    return [`Filter: ${filterText}${compared}`, data.join(" · ")];
  }

  /* Name and meaning: of what has a small i, and of the metrics that the cards name; where they name none, of the first. */
  function definitions(cards) {
    const found = new Map(), text = cards.map((card) => card.textContent).join(" ").toLowerCase();
    for (const title of cards.flatMap((card) => [...card.querySelectorAll(".title")])) {
      const meaning = title.querySelector(".info")?.getAttribute("aria-label");
      if (meaning) found.set(title.firstElementChild.textContent, meaning);
    }
    const metrics = product.settings.metrics, named = metrics.filter(([label]) => text.includes(label.toLowerCase()));
    const told = new Set(found.values());
    for (const [label, meaning] of named.length ? named : metrics.slice(0, 1)) if (!told.has(meaning)) found.set(label, meaning);
    return found;
  }

  product.origin = { lines, definitions };
})(window.product);
