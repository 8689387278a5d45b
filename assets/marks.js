/* Marks and the filter: which members a clause keeps, what a gesture on a mark makes of it, and the sentences of tooltips. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const isTime = (dimension) => product.settings.dimensions[dimension]?.kind === "time";
  const isMore = (event) => event.shiftKey || event.ctrlKey || event.metaKey;
  /* The number of a variant's colour by its place: control has its own, all others take turns. */
  const hue = (place) => (place <= 0 ? 0 : 1 + ((place - 1) % 7));
  const color = (variant) => `var(--variant-${hue(product.settings.variants.indexOf(variant))})`;

  /* Where the bin of a member begins and ends; nothing where it is no bin. */
  function ends(page, dimension, member) {
    const { members, edges } = page.choices[dimension] || { members: [], edges: [] };
    const place = members.indexOf(member);
    return place < 0 || !edges.length || place > edges.length ? null : { low: edges[place - 1] ?? null, high: edges[place] ?? null };
  }

  function isKept(page, clause, dimension, member) {
    if (clause.values) return clause.values.includes(member);
    if (isTime(dimension)) return (!clause.low || member >= clause.low) && (!clause.high || member < clause.high);
    const bin = ends(page, dimension, member);
    return Boolean(bin) && (bin.high === null || !clause.low || Number(clause.low) < bin.high) && (bin.low === null || !clause.high || Number(clause.high) > bin.low);
  }

  /* Those of the members that the filter keeps; null where it says nothing of the dimension. */
  function kept(page, filter, dimension, members) {
    const clause = filter[dimension];
    return clause ? members.filter((member) => isKept(page, clause, dimension, member)) : null;
  }

  const clauseOf = (dimension, member) => isTime(dimension) ? { low: member, high: product.filter.nextDay(member) } : { values: [member] };

  /* A range of bins stands for their members, so that one more or less can be told. */
  function asValues(page, filter, dimension, members) {
    const clause = filter[dimension];
    return product.filter.isRange(clause) ? product.filter.replace(filter, dimension, { values: kept(page, filter, dimension, members) }) : filter;
  }

  /* What a click on the mark of a member means, whatever the kind of its dimension. */
  function click(page, filter, { dimension, member, members }, more) {
    if (isTime(dimension)) return product.filter.clickDay(filter, dimension, member, more);
    return product.filter.click(asValues(page, filter, dimension, members), dimension, member, more);
  }

  /* What a click on a cell means: both of its members at once, or neither where they stood alone; with shift also these. */
  function clickCell(page, filter, sides, more) {
    const now = sides.map(({ dimension, members }) => kept(page, filter, dimension, members) || []);
    const isIn = sides.every(({ member }, place) => now[place].includes(member));
    if (isIn && now.every((members) => members.length === 1)) return sides.reduce((next, { dimension }) => product.filter.replace(next, dimension, null), filter);
    if (!more) return sides.reduce((next, { dimension, member }) => product.filter.replace(next, dimension, clauseOf(dimension, member)), filter);
    if (isIn) return click(page, filter, sides[now[0].length > 1 ? 0 : 1], true);
    return sides.reduce((next, side, place) => (now[place].includes(side.member) ? next : click(page, next, side, true)), filter);
  }

  /* A conversion rate as a sentence. */
  function rateSentence(who, value, low, high, n) {
    if (value === null) return `${who}: no sessions`;
    return `${who}: ${product.format.rate(value)} convert (${product.format.interval(low, high, "fraction")}), ${product.format.count(n)} sessions`;
  }

  /* What pale marks are: all sessions, unless the page names another baseline. */
  const baseline = (page) => page.baseline.words;
  /* Whether there is something to show beside: what is filtered, or compared with another baseline. */
  const isCompared = (filter) => Object.keys(filter).length > 0 || Boolean(product.state.options["compare-to"]);

  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  product.marks = { isTime, isMore, hue, color, kept, click, clickCell, rateSentence, baseline, isCompared, make };
})(window.product);
