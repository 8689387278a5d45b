/* Heatmaps: a table whose cells are coloured by rate; a click takes both members of a cell, one on a heading its own. */
window.product = window.product || {};
window.product.painters = window.product.painters || {};
(function (product) {
  "use strict";
  const HEAD_PX = 104, TOTAL_PX = 66, TEXT_PX = 50, LEAST_PX = 24, MOST_WIDE = 12, LEVEL_PX = 64;
  const { make, isMore } = product.marks;
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  /* The colours of the scale, mixed in between; and black or white on them, whichever can be read better. */
  const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.length > 4 ? hex.slice(at, at + 2) : hex[(at + 1) / 2].repeat(2), 16));
  const mixed = (a, b, share) => a.map((value, at) => Math.round(value + (b[at] - value) * share));
  const rgb = (color) => `rgb(${color.join(",")})`;

  function light(color) {
    const [r, g, b] = color.map((value) => value / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  const inkOn = (color) => (light(color) > 0.179 ? "#000" : "#fff");

  function palette() {
    const steps = [0, 1, 2, 3, 4].map((step) => channels(product.theme.color(`var(--s${step})`)));
    const card = channels(product.theme.color("var(--card)"));
    const at = (share) => {
      const place = Math.min(Math.max(share, 0), 1) * 4, step = Math.min(Math.floor(place), 3);
      return mixed(steps[step], steps[step + 1], place - step);
    };
    return { at, pale: (color, share) => mixed(card, color, share) };
  }

  /* From the lowest to the highest rate that enough sessions stand behind. */
  function rangeOf({ cells, ghosts, few }) {
    const sound = cells.value.filter((value, at) => value !== null && cells.n[at] >= few);
    const values = [...(sound.length ? sound : cells.value), ...ghosts].filter((value) => value !== null);
    const low = Math.min(...values), high = Math.max(...values);
    if (!values.length) return { low: 0, high: 1 };
    return high - low < 0.001 ? { low: low - 0.005, high: high + 0.005 } : { low, high };
  }

  function widthOf(box, n) {
    const width = Math.floor((box.clientWidth - HEAD_PX - TOTAL_PX) / Math.max(n, 1));
    return Math.max(width, n <= MOST_WIDE ? TEXT_PX : LEAST_PX);
  }

  function paint(card, arrays, { page, filter }) {
    const box = card.querySelector(".paint"), sides = [arrays.rows, arrays.columns];
    const kept = sides.map(({ dimension, members }) => product.marks.kept(page, filter, dimension, members));
    const drawing = { arrays, page, kept, colors: palette(), range: rangeOf(arrays), isFiltered: product.marks.isCompared(filter), cell: widthOf(box, arrays.columns.members.length) };
    const hadFocus = box.contains(document.activeElement), table = tableOf(drawing);
    const frame = make("div", "heat-frame");
    frame.append(table);
    box.replaceChildren(frame);
    activate(table, ...(card.active || [1, 1]), hadFocus);
    listen(card, table, drawing);
    card.querySelector(".card-foot").replaceChildren(...foot(drawing));
    for (const option of card.querySelectorAll("select[data-option=heatmap-columns] option")) option.disabled = option.value === arrays.rows.dimension;
  }

  function tableOf(drawing) {
    const { rows, columns } = drawing.arrays, table = make("table", "heat");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", `Conversion rate by ${rows.label} and ${columns.label}; Enter filters by a cell`);
    table.setAttribute("aria-multiselectable", "true");
    table.style.width = `${HEAD_PX + TOTAL_PX + columns.members.length * drawing.cell}px`;
    table.classList.toggle("tilted", drawing.cell < LEVEL_PX);
    table.append(make("thead", ""), make("tbody", ""), make("tfoot", ""));
    table.tHead.append(headRow(drawing));
    table.tBodies[0].append(...rows.members.map((member, at) => row(drawing, member, at)));
    table.tFoot.append(totalRow(drawing));
    return table;
  }

  function heading(side, member, { kept }, place) {
    const head = make("th", "heat-head"), isChosen = kept[place]?.includes(member);
    head.append(make("span", "", member));
    head.scope = place ? "col" : "row";
    head.dataset.member = member;
    head.dataset.side = place;
    head.classList.toggle("chosen", Boolean(isChosen));
    head.classList.toggle("faded", Boolean(kept[place]) && !isChosen);
    head.dataset.tip = totalSentence(side, member);
    head.setAttribute("aria-label", `${member}. ${head.dataset.tip}`);
    return head;
  }

  function totalSentence({ members, totals }, member) {
    const at = members.indexOf(member);
    return product.marks.rateSentence(`${member}, in total`, totals.value[at], totals.low[at], totals.high[at], totals.n[at]);
  }

  function headRow(drawing) {
    const { rows, columns } = drawing.arrays, line = make("tr", ""), corner = make("td", "heat-corner");
    corner.append(make("span", "", rows.label), make("span", "", columns.label));
    line.append(corner, ...columns.members.map((member) => heading(columns, member, drawing, 1)), plainHead("All", "col"));
    return line;
  }

  function plainHead(text, scope) {
    return Object.assign(make("th", "heat-all", text), { scope });
  }

  function row(drawing, member, at) {
    const { rows, columns } = drawing.arrays, line = make("tr", "");
    const cells = columns.members.map((column, place) => cellOf(drawing, [member, column], at * columns.members.length + place));
    line.append(heading(rows, member, drawing, 0), ...cells, total(rows.totals, at, totalSentence(rows, member)));
    return line;
  }

  function totalRow({ arrays: { columns, total: all } }) {
    const line = make("tr", ""), whole = product.marks.rateSentence("All", all.value[0], all.low[0], all.high[0], all.n[0]);
    line.append(plainHead("All", "row"), ...columns.members.map((member, at) => total(columns.totals, at, totalSentence(columns, member))), total(all, 0, whole));
    return line;
  }

  function total(totals, at, told) {
    const cell = make("td", "heat-total", totals.value[at] === null ? "–" : product.format.rate(totals.value[at]));
    cell.dataset.tip = told;
    cell.setAttribute("aria-label", told);
    return cell;
  }

  function cellOf(drawing, [row, column], at) {
    const { arrays: { cells, ghosts, few }, kept, isFiltered, page } = drawing, value = cells.value[at], ghost = ghosts[at] ?? null;
    const isKept = kept.map((members, side) => !members || members.includes([row, column][side]));
    const cell = make("td", "heat-cell");
    Object.assign(cell.dataset, { row, column });
    cell.classList.toggle("chosen", kept.some(Boolean) && isKept.every(Boolean));
    cell.classList.toggle("faded", !isKept.every(Boolean));
    cell.classList.toggle("few", value !== null && cells.n[at] < few);
    cell.setAttribute("aria-selected", String(kept.every(Boolean) && isKept.every(Boolean)));
    color(cell, drawing, value, isKept.every(Boolean));
    if (value !== null && drawing.cell >= TEXT_PX) cell.append(make("span", "", product.format.rate(value)));
    if (isFiltered && ghost !== null) cell.append(ghostMark(drawing, ghost));
    const parts = [product.marks.rateSentence(`${row}, ${column}`, value, cells.low[at], cells.high[at], cells.n[at])];
    if (value !== null && cells.n[at] < few) parts.push(`fewer than ${few} sessions tell little`);
    if (isFiltered && ghost !== null) parts.push(`${product.marks.baseline(page)}: ${product.format.rate(ghost)}`);
    cell.dataset.tip = parts.join("; ");
    cell.setAttribute("aria-label", cell.dataset.tip);
    return cell;
  }

  const shareOf = ({ low, high }, value) => (value - low) / (high - low);

  function color(cell, { colors, range }, value, isKept) {
    if (value === null) return cell.classList.add("none");
    const full = colors.at(shareOf(range, value)), isFew = cell.classList.contains("few");
    const shown = colors.pale(full, isKept ? (isFew ? 0.4 : 1) : 0.22);
    cell.style.background = rgb(shown);
    cell.style.color = inkOn(shown);
  }

  function ghostMark({ colors, range }, value) {
    const mark = make("i", "heat-ghost");
    mark.style.background = rgb(colors.at(shareOf(range, value)));
    return mark;
  }

  /* Rows, headings first, of what can be reached by arrow keys. */
  const reach = (table) => [...table.rows].slice(0, -1).map((line) => [...line.cells].slice(0, -1));

  function activate(table, row, column, shallFocus) {
    const lines = reach(table), at = [Math.min(Math.max(row, 0), lines.length - 1), Math.min(Math.max(column, 0), lines[0].length - 1)];
    if (!at[0] && !at[1]) at[1] = 1;
    table.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    const cell = lines[at[0]][at[1]];
    if (!cell) return at;
    cell.tabIndex = 0;
    if (shallFocus) cell.focus();
    return at;
  }

  function listen(card, table, { arrays, page }) {
    const sides = ({ dataset }) => {
      const side = (axis, member) => ({ dimension: axis.dimension, member, members: axis.members });
      if (dataset.side) return [side([arrays.rows, arrays.columns][dataset.side], dataset.member)];
      return [side(arrays.rows, dataset.row), side(arrays.columns, dataset.column)];
    };
    const place = (cell) => [cell.parentElement.rowIndex, cell.cellIndex];
    const choose = (cell, more) => product.state.change((filter) => {
      const chosen = sides(cell);
      return chosen.length > 1 ? product.marks.clickCell(page, filter, chosen, more) : product.marks.click(page, filter, chosen[0], more);
    });
    table.onclick = (event) => {
      const cell = event.target.closest(".heat-cell, .heat-head");
      if (!cell) return;
      card.active = activate(table, ...place(cell), false);
      choose(cell, isMore(event));
    };
    table.onkeydown = (event) => {
      const cell = event.target.closest("[tabindex]"), move = MOVES[event.key];
      if (move) card.active = activate(table, ...place(cell).map((at, side) => at + move[side]), true);
      else if (event.key === "Enter" || event.key === " ") choose(cell, isMore(event));
      else return;
      event.preventDefault();
    };
  }

  /* The scale, what hatching and small marks mean, how many cells were looked at, and what is left out. */
  function foot({ arrays, range, isFiltered, page }) {
    const scale = make("span", "scale"), parts = [scale];
    scale.append(product.format.rate(range.low), make("span", "ramp"), product.format.rate(range.high));
    if (arrays.cells.n.some((n) => n && n < arrays.few)) parts.push(keyed("few", `under ${arrays.few} sessions`));
    if (isFiltered && arrays.ghosts.length) parts.push(keyed("ghost", product.marks.baseline(page)));
    parts.push(make("span", "", `${arrays.n_cells} combinations looked at; each interval holds for its own cell alone`));
    return [...parts, ...[arrays.rows, arrays.columns].filter((axis) => axis.left_out).map((axis) => make("span", "", axis.left_out))];
  }

  function keyed(name, text) {
    const key = make("span", "heat-key");
    key.append(make("i", name), text);
    return key;
  }

  product.painters.heatmap = paint;
})(window.product);
