/* Spans: bins side by side of which a click, a drag or the keyboard chooses one or a range, always at their edges. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const { make, isMore } = product.marks;
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };
  const text = (end) => (end === null ? "" : typeof end === "number" ? product.filter.numberText(end) : end);

  /* The range from the first bin to the last; days end before the next one. */
  function clauseOf(bins, from, to) {
    const [first, last] = [Math.min(from, to), Math.max(from, to)].map((at) => bins[at]);
    return { low: text(first.low), high: text(last.high) };
  }

  const put = (dimension, clause) => product.state.change((filter) => product.filter.replace(filter, dimension, clause));

  /* What a click on a bin means: it alone, nothing where it stood alone, with shift all from what is chosen to it. */
  function click({ bins, dimension, kept }, at, more) {
    const chosen = kept ? bins.flatMap(({ member }, place) => (kept.includes(member) ? [place] : [])) : [];
    if (!more) return put(dimension, chosen.length === 1 && chosen[0] === at ? null : clauseOf(bins, at, at));
    put(dimension, clauseOf(bins, Math.min(at, ...chosen), Math.max(at, ...chosen)));
  }

  /* Lay choosable bins over a drawing.
     given: bins (member, low, high), slots (left, width in pixels; null: not drawn), tips, dimension, kept, label. */
  function lay(card, over, given) {
    const list = make("div", "spans"), drawn = given.bins.map((_, at) => at).filter((at) => given.slots[at]);
    list.tabIndex = 0;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", `${given.label}: arrow keys move, Enter chooses, Shift and an arrow key extend`);
    list.setAttribute("aria-multiselectable", "true");
    list.setAttribute("aria-orientation", "horizontal");
    list.append(...drawn.map((at) => option(card, given, at)));
    const shade = make("div", "span-shade");
    shade.hidden = true;
    over.append(list, shade);
    byPointer(card, list, shade, given);
    byKeyboard(card, list, drawn, given);
    return list;
  }

  function option(card, { bins, slots, tips, kept }, at) {
    const bin = make("div", "span-bin");
    bin.id = `${card.id}-bin-${at}`;
    bin.dataset.at = at;
    bin.dataset.member = bins[at].member;
    bin.dataset.tip = tips[at];
    bin.style.cssText = `left:${slots[at].left}px;width:${slots[at].width}px`;
    bin.setAttribute("role", "option");
    bin.setAttribute("aria-selected", String(Boolean(kept?.includes(bins[at].member))));
    bin.setAttribute("aria-label", tips[at].replaceAll("\n", ". "));
    return bin;
  }

  const binAt = (list, x) => {
    const inside = [...list.children].map((bin) => [bin, bin.getBoundingClientRect()]);
    const far = ([, box]) => Math.max(box.left - x, x - box.right, 0);
    return Number(inside.sort((a, b) => far(a) - far(b))[0][0].dataset.at);
  };

  function byPointer(card, list, shade, given) {
    let from = null;
    const show = (to) => {
      const [first, last] = [Math.min(from.at, to), Math.max(from.at, to)].map((at) => given.slots[at]);
      shade.hidden = false;
      shade.style.cssText = `left:${first.left}px;width:${last.left + last.width - first.left}px`;
    };
    list.onpointerdown = (event) => {
      if (event.button) return;
      from = { at: binAt(list, event.clientX), x: event.clientX, isDrag: false };
      list.setPointerCapture(event.pointerId);
    };
    list.onpointermove = (event) => {
      if (!from) return;
      from.isDrag ||= Math.abs(event.clientX - from.x) > 5;
      if (from.isDrag) { product.tooltip.hide(); show(binAt(list, event.clientX)); }
    };
    list.onpointercancel = () => { from = null; shade.hidden = true; };
    list.onpointerup = (event) => {
      if (!from) return;
      const { at, isDrag } = from, to = binAt(list, event.clientX);
      from = null;
      shade.hidden = true;
      card.active = to;
      card.anchor = at;
      if (isDrag) put(given.dimension, clauseOf(given.bins, at, to)); else click(given, at, isMore(event));
    };
  }

  function byKeyboard(card, list, drawn, given) {
    const show = (isFocused) => {
      if (!drawn.includes(card.active)) card.active = drawn[0];
      const bin = [...list.children].find((one) => Number(one.dataset.at) === card.active);
      list.querySelector(".active")?.classList.remove("active");
      if (!bin) return;
      bin.classList.add("active");
      list.setAttribute("aria-activedescendant", bin.id);
      if (isFocused && list.matches(":focus-visible")) product.tooltip.show(bin);
    };
    list.onfocus = () => show(true);
    list.onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") {
        card.anchor = card.active;
        click(given, card.active, isMore(event));
      } else if (STEPS[event.key]) {
        const from = card.active, place = drawn.indexOf(from) + STEPS[event.key];
        card.active = drawn[Math.min(Math.max(place, 0), drawn.length - 1)];
        show(true);
        if (event.shiftKey) put(given.dimension, clauseOf(given.bins, card.anchor ??= from, card.active));
        else card.anchor = card.active;
      } else return;
      event.preventDefault();
    };
    show(false);
  }

  product.spans = { lay };
})(window.product);
