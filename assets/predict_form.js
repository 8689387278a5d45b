/* The form of the predict page: its controls stay while answers come, so that focus and caret do; what they hold stands in the URL. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const WAIT_MS = 80, SAME_MS = 1000, LOOK_MS = 4000, UNKNOWN = "unknown", PREFIX = "session-";
  const make = (...parts) => product.make(...parts);
  let fields = [], made = "", parts = null;

  function paint(body, { blocks: [given] }) {
    const key = JSON.stringify(given.fields.map(({ option, label, control, members, unit, range }) => [option, label, control, members, unit, range]));
    if (key !== made || !body.contains(parts?.form)) build(body, given, key);
    parts.said.textContent = given.said ?? "";
    parts.said.hidden = !given.said;
    parts.caution.textContent = given.caution ?? "";
    parts.caution.hidden = !given.caution;
    parts.foot.hidden = !given.fields.length;
    parts.chance.textContent = given.chance ?? "";
    parts.beside.textContent = given.beside ?? "";
    fields.forEach((field, place) => show(field, given.fields[place]));
  }

  function build(body, given, key) {
    made = key;
    fields = given.fields.map(fieldOf);
    const typical = make("button", { type: "button", className: "button", onclick: reset }, "Start from a typical visitor");
    const copy = make("button", { type: "button", className: "button", onclick: () => product.copy(copy, link(), "Copy link") }, "Copy link");
    parts = { said: make("p", { className: "sheet-text quiet" }), caution: make("p", { className: "form-caution" }), chance: make("strong"), beside: make("span") };
    parts.foot = make("div", { className: "form-foot" }, make("p", { className: "form-answer" }, parts.chance, parts.beside), make("p", { className: "form-actions" }, typical, copy));
    parts.form = make("form", { className: "visitor", onsubmit: (event) => event.preventDefault(), "aria-label": "The visitor" }, parts.said, parts.caution, ...fields.map(({ box }) => box), parts.foot);
    body.replaceChildren(parts.form);
  }

  function fieldOf(given) {
    const id = `field-${given.option}`, field = { given, timer: null, putAt: -Infinity, isGoing: false };
    field.hint = make("span", { className: "attribute-hint", id: `${id}-hint` });
    field.notice = make("p", { className: "attribute-notice", id: `${id}-notice`, hidden: true });
    Object.assign(field, controls[given.control](field, id));
    field.input.setAttribute("aria-describedby", `${id}-hint ${id}-notice`);
    const name = make("label", { htmlFor: id }, given.label, given.unit ? make("small", {}, ` ${given.unit}`) : null);
    field.box = make("div", { className: `attribute of-${given.control}`, "data-attribute": given.option }, make("div", { className: "attribute-head" }, name, field.hint), field.control, field.notice);
    field.box.addEventListener("focusout", () => { field.isGoing = false; });
    return field;
  }

  const controls = { select: selectOf, number: numberOf, search: searchOf };
  const choices = (members) => [...members.map((member) => [member, member]), ...(members.includes(UNKNOWN) ? [] : [[UNKNOWN, "Unknown"]])];

  function selectOf(field, id) {
    const input = make("select", { id }, ...choices(field.given.members).map(([value, text]) => make("option", { value }, text)));
    input.onchange = () => put(field, input.value, performance.now() - field.putAt < SAME_MS);
    return { input, control: input, write: ({ value }) => { input.value = value; if (input.selectedIndex < 0) input.value = UNKNOWN; } };
  }

  function searchOf(field, id) {
    const found = product.search.make({ id, label: field.given.label, choices: choices(field.given.members), choose: (value) => put(field, value, false) });
    const write = ({ value, is_unknown: isUnknown }) => found.show(isUnknown ? "Unknown" : value);
    return { input: found.input, control: make("div", { className: "search-of" }, found.input, found.list), write };
  }

  function numberOf(field, id) {
    const { range, label } = field.given;
    const input = make("input", { id, type: "text", inputMode: "decimal", autocomplete: "off", placeholder: "unknown" });
    const slider = range && make("input", { type: "range", min: range.low, max: range.high, step: range.step, "aria-label": `${label}, slider` });
    const unknown = make("button", { type: "button", className: "link", "aria-pressed": "false", "aria-label": `${label} unknown` }, "Unknown");
    input.oninput = () => { move(input.value); later(field, input.value.trim() || UNKNOWN); };
    if (slider) slider.oninput = () => { input.value = slider.value; later(field, slider.value); };
    unknown.onclick = () => { input.value = ""; put(field, UNKNOWN, false); };
    const move = (text) => { if (slider && text.trim() !== "" && Number.isFinite(Number(text))) slider.value = Number(text); };
    const write = ({ value, usual, is_unknown: isUnknown }) => {
      const text = isUnknown ? "" : value;
      if (input.value.trim() !== text) input.value = text;
      unknown.setAttribute("aria-pressed", isUnknown);
      slider?.classList.toggle("unset", isUnknown);
      move(isUnknown ? usual : value);
    };
    return { input, control: make("div", { className: "number-of" }, input, slider, unknown), write };
  }

  /* An answer to what was typed before must not undo what is being typed. */
  function show(field, given) {
    if (field.timer) return;
    field.given = given;
    field.write(given);
    field.hint.textContent = given.hint;
    field.box.classList.toggle("usual", given.is_usual);
    field.notice.textContent = given.notice;
    field.notice.hidden = !given.notice;
  }

  function later(field, value) {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => { put(field, value, field.isGoing); field.isGoing = true; }, WAIT_MS);
  }

  /* What goes on while the focus stays is one step of the history. */
  function put(field, value, goesOn) {
    clearTimeout(field.timer);
    field.timer = null;
    field.putAt = performance.now();
    product.state.choose(field.given.option, value, false, goesOn);
  }

  const others = (options) => Object.fromEntries(Object.entries(options).filter(([key]) => !key.startsWith(PREFIX)));

  function reset() {
    product.state.apply(product.state.filter, others(product.state.options));
  }

  /* A link that holds all attributes: what is usual may be another value once there is more data. */
  function link() {
    const all = Object.fromEntries(fields.map(({ given }) => [given.option, given.value]));
    return `${location.origin}${location.pathname}?${product.filter.optionsQuery({ ...others(product.state.options), ...all })}`;
  }

  /* Where there is no model yet the page asks until there is one. */
  setInterval(() => {
    const isHere = product.pages?.current()?.name === "predict" && !document.hidden;
    if (isHere && product.isCurrent() && product.page.data.sheets["predict-form"]?.blocks[0].is_waiting) product.server.ask();
  }, LOOK_MS);

  (product.ownSheets ??= {})["predict-form"] = paint;
})(window.product);
