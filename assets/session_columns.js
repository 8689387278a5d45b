/* The columns of the grid of sessions: how values are written, and the button that filters by a column's dimension. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const ABSENT = "–", HIDDEN = ["row_id"], MOST_PLACES = 2, ICON = "M1 2h12L8.5 7.5V12l-3-1.6V7.5z";
  const WIDTHS = { text: 124, flag: 118, timestamp: 156, date: 118, number: 116, integer: 100 };
  const PHONE_PX = 600, OF_A_PHONE = 0.86;
  const isAbsent = (value) => value === null || value === undefined;
  const isNumber = (column) => ["number", "integer"].includes(column.type);

  const withUnit = (label, unit) => (unit && !label.toLowerCase().includes(unit.toLowerCase()) ? `${label}, ${unit}` : label);
  const widthOf = ({ type, dimension }) => Math.round(WIDTHS[type] * (innerWidth < PHONE_PX ? OF_A_PHONE : 1)) + (isNumber({ type }) && dimension ? 30 : 0);

  const placesOf = (rows, name) =>
    Math.max(0, ...rows.map((row) => Math.min((String(row[name] ?? "").split(".")[1] || "").length, MOST_PLACES)));

  const zone = () => document.getElementById("card-sessions").dataset.timezone;

  /* 1782921707000 to "1 Jul 2026 21:31", in the time zone of the days. */
  function momentIn(timeZone) {
    const split = new Intl.DateTimeFormat("en", { timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
    return (ms) => {
      const part = Object.fromEntries(split.formatToParts(ms).map(({ type, value }) => [type, value]));
      return `${product.format.day(`${part.year}-${part.month}-${part.day}`)} ${part.hour}:${part.minute}`;
    };
  }

  const meaning = ({ type, description }) => (type === "timestamp" ? description.replace(/, in UTC\.?$/, "") + ` (shown in the time of ${zone()})` : description);

  function writer(column, rows) {
    const places = column.unit === product.settings.currency && product.settings.currency_decimals === "none" ? 0 : placesOf(rows, column.name);
    if (column.type === "flag") return (value) => (value ? "yes" : "no");
    if (column.type === "timestamp") return momentIn(zone());
    if (column.type === "date") return (value) => product.format.day(value);
    return isNumber(column) ? (value) => product.format.fixed(value, places) : String;
  }

  /* The day is filtered at the column of the time of which it is the day. */
  function dimensionOf(column, columns) {
    const day = columns.find((one) => one.kind === "time");
    return column.type === "timestamp" && day ? day.dimension : column.dimension;
  }

  /* What stands in the head of a column: its label, and the button of its filter. AG Grid puts its sort around it. */
  class Head {
    init({ displayName, label, unit, dimension, description }) {
      this.box = Object.assign(document.createElement("span"), { className: "grid-head" });
      const text = Object.assign(document.createElement("span"), { className: "grid-label", textContent: displayName });
      text.dataset.tip = description;
      this.box.append(text);
      if (dimension) this.box.append(button(dimension, label));
    }
    getGui() { return this.box; }
    refresh() { return true; }
  }

  function button(dimension, label) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "grid-filter", tabIndex: -1 });
    made.innerHTML = `<svg viewBox="0 0 14 14" aria-hidden="true"><path d="${ICON}"/></svg>`;
    made.setAttribute("aria-label", `Filter by ${label}`);
    made.dataset.dimension = dimension;
    made.classList.toggle("on", Boolean(product.state.filter[dimension]));
    made.onclick = (event) => { event.stopPropagation(); openAt(made, dimension); };
    return made;
  }

  /* The popover of a dimension, below the head of its column: a control as those in the filter bar, made for as long as it is open. */
  function openAt(anchor, dimension) {
    const card = document.getElementById("card-sessions"), from = card.getBoundingClientRect(), head = anchor.getBoundingClientRect();
    card.querySelector(".at-column")?.remove();
    const control = document.createElement("div");
    control.className = "control at-column";
    control.dataset.dimension = dimension;
    control.innerHTML = '<button type="button" class="pill" tabindex="-1" aria-hidden="true"><span class="pill-value"></span></button><button type="button" class="remove" hidden tabindex="-1"></button><div class="popover" role="dialog" hidden></div>';
    control.querySelector(".popover").setAttribute("aria-label", anchor.getAttribute("aria-label"));
    control.querySelector(".pill").onfocus = () => (anchor.closest(".ag-header-cell") || anchor).focus();
    control.style.cssText = `left:${Math.max(0, Math.min(head.left - from.left, from.width - 276))}px;top:${head.bottom - from.top}px`;
    card.append(control);
    product.controls.open(control);
  }

  /* By keyboard: Alt and the down arrow in a column's head. */
  function byKeyboard({ event, column }) {
    if (!(event.altKey && event.key === "ArrowDown")) return false;
    if (event.type === "keydown") event.target.querySelector(".grid-filter")?.click();
    return true;
  }

  function of({ columns, rows }, sorted) {
    return columns.filter(({ name, kind }) => !HIDDEN.includes(name) && !(kind === "time" && columns.some((one) => one.type === "timestamp"))).map((column) => {
      const write = writer(column, rows), dimension = dimensionOf(column, columns), isRight = isNumber(column);
      const label = column.label.replace(/ recommended$/, ""), isSorted = sorted.replace(/^-/, "") === column.name;
      return {
        field: column.name, colId: column.name, headerName: withUnit(label, column.unit),
        sortable: column.is_sortable, sort: isSorted ? (sorted.startsWith("-") ? "desc" : "asc") : null,
        sortingOrder: isRight ? ["desc", "asc", null] : ["asc", "desc", null],
        flex: 1, minWidth: widthOf(column), resizable: true, suppressHeaderMenuButton: true, suppressMovable: true,
        type: isRight ? "rightAligned" : undefined, suppressHeaderKeyboardEvent: byKeyboard,
        headerComponentParams: { innerHeaderComponent: Head, innerHeaderComponentParams: { label, dimension, description: meaning(column) } },
        valueFormatter: ({ value, data }) => (!data ? "" : isAbsent(value) ? ABSENT : write(value)),
        cellClass: ({ value, data }) => [isRight && "ag-right-aligned-cell", data && isAbsent(value) && "absent", column.type === "flag" && !value && "no"].filter(Boolean),
      };
    });
  }

  /* Which columns are filtered, seen in their heads. */
  function mark() {
    for (const one of document.querySelectorAll(".grid-filter")) one.classList.toggle("on", Boolean(product.state.filter[one.dataset.dimension]));
  }

  product.sessionColumns = { of, mark };
})(window.product);
