/* Sheets: cards of facts, made of blocks: sentences, lists of names and values, tables, charts, ladders, a sum, groups, links; see
   dashboard/sheets/blocks.py. What keeps its parts while answers come, such as a form, paints itself: product.ownSheets. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const MANY_ROWS = 24;
  const make = (tag, className, ...children) => {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...children);
    return made;
  };

  const blocks = { paragraph, listing, table, link, page, heading, total, groups, copying, beside, stacked, chart: (block) => product.chart.make(block), ladder: (block) => product.ladder.make(block), checklist: (block) => product.checklist.make(block) };

  function paint(card, arrays) {
    const body = card.querySelector(".paint"), own = product.ownSheets?.[card.dataset.view];
    if (own) return own(body, arrays);
    const searched = body.querySelector("input")?.value, held = body.contains(document.activeElement) && document.activeElement.dataset.key;
    body.replaceChildren(...each(arrays.blocks));
    if (held) body.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    body.querySelectorAll(".sheet-rows").forEach(reachable);
    body.querySelectorAll(".chart-of").forEach((chart) => chart.draw());
    const box = body.querySelector("input");
    if (box && searched) { box.value = searched; filterRows(box); }
    tick();
  }

  function headline(card, { blocks: [said, summary] }) {
    card.querySelector(".headline").textContent = said.text;
    card.querySelector(".summary").textContent = summary.text;
  }

  /* What scrolls within its card is scrolled by keyboard too. */
  function reachable(scroller) {
    if (scroller.scrollWidth > scroller.clientWidth + 1 || scroller.scrollHeight > scroller.clientHeight + 1) scroller.tabIndex = 0;
  }

  function paragraph({ text, tone }) {
    const kept = text.replace(/\bp ([=<]) (?=\d)/g, "p\u00a0$1\u00a0");
    return make("p", `sheet-text ${tone}`, ...(tone === "good" ? [make("i", "status good")] : []), kept);
  }

  function listing({ rows }) {
    return make("dl", "sheet-list", ...rows.map(([name, value]) => make("div", "", make("dt", "", name), make("dd", "", ...contents(value)))));
  }

  const each = (parts) => parts.map((block) => blocks[block.kind](block));

  function beside(block) { return make("div", "beside", ...each(block.blocks)); }

  function stacked(block) { return make("div", "stacked", ...each(block.blocks)); }

  function heading({ text }) { return make("h3", "", text); }

  function link({ href, text }) {
    const made = Object.assign(make("a", "button", text), { href, download: "" });
    return make("p", "sheet-actions", made);
  }

  function page({ path, text }) {
    return make("p", "sheet-actions", Object.assign(make("a", "link", text), { href: path }));
  }

  /* The parts of a cell, or the cell itself where it is a text. */
  function contents(cell) {
    const { text, ...more } = typeof cell === "string" ? { text: cell } : cell;
    const parts = more.mark ? [make("i", `status ${more.mark}`)] : [];
    const said = more.pick ? product.picks.make(text, more.pick) : make(more.href || more.page ? "a" : more.is_code ? "code" : more.is_strong ? "strong" : "span", more.is_faint ? "faint" : "", text);
    if (more.href) Object.assign(said, { href: more.href, download: "" });
    if (more.page) said.href = more.page;
    if (more.is_looked) said.dataset.looked = "yes";
    if (text) parts.push(said);
    if (more.interval) parts.push(interval(more.interval, more.zero, more.tone));
    if (more.under) parts.push(make("small", "", more.under));
    if (more.bar !== undefined) parts.push(bar(more.bar));
    return parts;
  }

  function bar(part) {
    const line = make("i", "");
    line.style.width = `${Math.max(part * 100, part ? 0.5 : 0)}%`;
    return make("span", "sheet-bar", line);
  }

  function interval([low, value, high], zero, tone) {
    const line = make("i", "interval"), dot = make("i", "dot");
    line.style.cssText = `left:${low * 100}%;width:${(high - low) * 100}%`;
    dot.style.left = `${value * 100}%`;
    const origin = make("i", "zero");
    if (zero !== undefined) origin.style.left = `${zero * 100}%`;
    return make("span", `sheet-interval${tone ? ` tone-${tone}` : ""}`, ...(zero === undefined ? [] : [origin]), line, dot);
  }

  function table({ label, columns, rows, search, is_dense: isDense, is_stacked: isStacked }) {
    const head = make("tr", "", ...columns.map((column) => Object.assign(make("th", column.is_number ? "number" : "", column.label), { scope: "col" })));
    const body = make("tbody", "", ...rows.map((row) => make("tr", "", ...row.map((cell, place) => td(cell, columns[place])))));
    const caption = make("caption", "unseen", label), made = make("table", [isDense && "dense", isStacked && "stacks"].filter(Boolean).join(" "), caption, make("thead", "", head), body);
    const scroller = make("div", rows.length > MANY_ROWS ? "sheet-rows long" : "sheet-rows", made);
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", label);
    if (isStacked) asTable(made);
    product.picks.name(made, label);
    for (const empty of head.querySelectorAll("th:empty")) empty.replaceWith(make("td", ""));
    return search ? make("div", "sheet-searched", searchBox(search), scroller) : scroller;
  }

  /* Rows that become blocks on a phone would lose what they are for screen readers. */
  function asTable(made) {
    made.setAttribute("role", "table");
    for (const [tag, role] of [["tr", "row"], ["th", "columnheader"], ["td", "cell"]]) made.querySelectorAll(tag).forEach((part) => part.setAttribute("role", role));
  }

  function td(cell, column) {
    const made = make("td", [column.is_number && "number", cell.is_wide && "wide", cell.is_wrapped && "wrapped", (cell.bar !== undefined || cell.interval) && "drawn"].filter(Boolean).join(" "), ...contents(cell));
    if (cell.tip) made.dataset.tip = cell.tip;
    if (column.label && made.textContent) made.dataset.label = column.label;
    return made;
  }

  function searchBox(label) {
    const box = Object.assign(make("input", ""), { type: "search", placeholder: label, oninput: () => filterRows(box) });
    box.setAttribute("aria-label", label);
    const count = make("span", "sheet-count");
    count.setAttribute("role", "status");
    return make("div", "sheet-search", box, count);
  }

  /* Show the rows that hold every word. */
  function filterRows(box) {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean), within = box.closest(".sheet-searched");
    const rows = [...within.querySelectorAll("tbody tr")];
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    const n = rows.filter((row) => !row.hidden).length;
    within.querySelector(".sheet-count").textContent = words.length ? `${product.format.count(n)} of ${product.format.count(rows.length)}` : "";
  }

  /* A bar that is the sum of its parts, and the same as a sum in words. */
  function total({ label, text, parts }) {
    const line = make("div", "sheet-total", ...parts.map(({ n }, place) => {
      const part = make("i", `part-${place}`);
      part.style.flexGrow = n;
      part.hidden = !n;
      return part;
    }));
    line.setAttribute("aria-hidden", "true");
    const row = (className, name, value, ...mark) => make("div", className, make("dt", "", ...mark, name), make("dd", "", value));
    const sum = make("dl", "sheet-sum", ...parts.map((part, place) => row("", part.label, part.text, make("i", `part-${place}`))), row("whole", label, text));
    return make("div", "", line, sum);
  }

  function groups({ sections }) {
    const one = ({ title, rows }) => make("section", "", make("h3", "", title), make("dl", "", ...rows.map(([key, value]) => make("div", "", make("dt", "", key), make("dd", "", value)))));
    return make("div", "sheet-groups", ...sections.map(one));
  }

  function copying({ text, label }) {
    const button = Object.assign(make("button", "button", label), { type: "button", onclick: () => copy(button, text, label) });
    return make("p", "sheet-actions", button);
  }

  /* The clipboard is there on https and localhost only; elsewhere a field that is selected for a moment does it. */
  async function copy(button, text, label) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = Object.assign(make("textarea", "unseen"), { value: text });
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1600);
  }

  /* When the server last said which data it has. */
  function tick() {
    for (const place of document.querySelectorAll("[data-looked]")) place.textContent = product.format.ago(Date.now() - product.server.lookedAt());
  }

  setInterval(tick, 15000);
  product.copy = copy;
  product.painters.sheet = paint;
  product.painters["sheet-headline"] = headline;
})(window.product);
