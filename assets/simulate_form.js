/* The simulator: presets, settings that stand in the URL, and a run in the background with its progress; see api/simulations.py. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const LOOK_MS = 350, WAIT_MS = 500, PREFIX = "simulate-";
  const make = (...parts) => product.make(...parts);
  const who = () => (localStorage.simulateWho ??= Math.random().toString(36).slice(2, 12));
  let parts = null, fields = [], made = "", given = null, running = "", next = null, refused = "", unfolded = "";

  function paint(body, { blocks: [block] }) {
    given = block;
    const key = JSON.stringify(given.fields.map(({ option, label, control, members, unit, hint }) => [option, label, control, members, unit, hint]));
    if (key !== made || !body.contains(parts?.form)) build(body, key);
    press(parts.kinds, given.kinds);
    press(parts.presets, given.presets);
    fields.forEach((field, place) => show(field, given.fields[place]));
    parts.says.textContent = given.says;
    unfold();
    follow();
  }

  /* What a question sets is seen. */
  function unfold() {
    const faults = JSON.stringify(given.fields.filter((field) => field.is_extra && !field.is_usual).map(({ option, value }) => [option, value]));
    if (faults !== unfolded && faults !== "[]") parts.form.querySelector(".simulate-extra").open = true;
    unfolded = faults;
  }

  const press = (box, choices) => [...box.children].forEach((button, place) => button.setAttribute("aria-pressed", choices[place].is_current));

  function build(body, key) {
    made = key;
    unfolded = "";
    fields = given.fields.map(fieldOf);
    const of = (wanted) => fields.filter((field) => Boolean(field.given.is_extra) === wanted).map(({ box }) => box);
    const extra = of(true);
    parts = {
      kinds: make("div", { className: "simulate-kinds segmented", role: "group", "aria-label": "What is simulated", hidden: given.kinds.length < 2 }, ...given.kinds.map(choice)),
      presets: make("div", { className: "simulate-presets", role: "group", "aria-label": "Questions" }, ...given.presets.map(choice)),
      says: make("p", { className: "simulate-says" }), fault: make("p", { className: "batch-fault", role: "alert", hidden: true }),
      run: make("button", { type: "submit", className: "button primary" }, "Run"), state: make("p", { className: "simulate-state", role: "status" }),
      bar: make("progress", { max: 1, value: 0, "aria-label": "Progress", hidden: true }), cancel: make("button", { type: "button", className: "button", hidden: true, onclick: cancel }, "Cancel"),
    };
    const faults = extra.length ? make("details", { className: "simulate-extra" }, make("summary", {}, "What goes wrong, and what changes with time"), make("div", { className: "simulate-fields" }, ...extra)) : null;
    const foot = make("div", { className: "form-foot" }, parts.fault, parts.bar, make("div", { className: "simulate-foot" }, parts.run, parts.cancel, parts.state));
    parts.form = make("form", { className: "simulate", "aria-label": "The experiment", onsubmit: (event) => { event.preventDefault(); ask(); } },
      make("h3", {}, "Questions"), parts.presets, make("h3", {}, "Settings"), parts.kinds, parts.says, make("div", { className: "simulate-fields" }, ...of(false)), faults, foot);
    body.replaceChildren(parts.form);
  }

  function choice({ label, says, options }) {
    const made = make("button", { type: "button", onclick: () => product.state.apply(product.state.filter, { ...others(), ...options }) }, label);
    if (says) made.dataset.tip = says;
    return made;
  }

  function fieldOf(one) {
    const id = `field-${one.option}`, field = { given: one, timer: null };
    const input = (field.input = one.control === "select"
      ? make("select", { id, onchange: () => put(field) }, ...one.members.map(([value, text]) => make("option", { value }, text)))
      : make("input", { id, type: "text", autocomplete: "off", spellcheck: false, inputMode: one.option.endsWith("effects") ? "text" : "decimal", oninput: () => later(field), onchange: () => put(field) }));
    const name = make("label", { htmlFor: id }, one.label);
    if (one.hint) name.dataset.tip = one.hint;
    field.box = make("div", { className: "simulate-field" }, name, make("span", { className: "simulate-input" }, input, one.unit ? make("small", {}, one.unit) : null));
    if (one.hint) input.setAttribute("aria-description", one.hint);
    return field;
  }

  function show(field, one) {
    field.given = one;
    if (!field.timer && document.activeElement !== field.input) field.input.value = one.value;
    field.box.classList.toggle("usual", one.is_usual);
  }

  const others = () => Object.fromEntries(Object.entries(product.state.options).filter(([key]) => !key.startsWith(PREFIX)));

  function later(field) {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => put(field), WAIT_MS);
  }

  /* What is set anew has no result until it is run. */
  function put(field) {
    clearTimeout(field.timer);
    field.timer = null;
    const { [field.given.option]: _, [given.run]: __, ...rest } = product.state.options, value = field.input.value.trim();
    if (value === (product.state.options[field.given.option] ?? field.given.usual)) return;
    product.state.apply(product.state.filter, value === field.given.usual ? rest : { ...rest, [field.given.option]: value });
  }

  function ask() {
    fields.filter(({ timer }) => timer).forEach(put);
    refused = "";
    const options = { ...product.state.options, [given.run]: "1" };
    if (product.state.options[given.run]) start();
    else product.state.apply(product.state.filter, options);
  }

  /* Whatever the page is asked for is run at once where the reader has asked for it; else the button waits. */
  function follow() {
    const { state, id } = given.status;
    if (running && running !== id) leave();
    fault(given.fault || (state === "failed" ? "The simulation failed; run it again." : refused));
    if (given.fault) return tell("", false);
    if (state === "done") return finished();
    if (state === "running" || state === "waiting") return watch({ ...given.status, href: `${path()}/${id}` });
    if (given.is_asked && state === "absent" && !running && !refused) start();
    else if (!running) tell(document.querySelector(".card.outdated") ? "Not run with these settings yet. What is faint is of those before." : "Not run with these settings yet.", false);
  }

  const path = () => given.href.split("?")[0];

  async function start() {
    const { id } = given.status;
    running = id;
    tell("Starting", true, 0);
    try {
      const answer = await fetch(`${given.href}&who=${who()}`, { method: "POST" });
      const found = await answer.json();
      if (running !== id) return;
      if (!answer.ok) return refuse(found.detail);
      watch(found);
    } catch {
      refuse("the server cannot be reached; check the connection");
    }
  }

  function refuse(text) {
    running = "";
    refused = text[0].toUpperCase() + text.slice(1).replace(/[^.]$/, "$&.");
    fault(refused);
    tell("", false);
  }

  function watch(found) {
    running = found.id;
    clearTimeout(next);
    if (found.state === "failed") return refuse(found.fault);
    if (found.state === "done" || found.state === "absent") return void product.server.ask();
    tell(found.state === "waiting" ? `Waits for ${found.ahead || "others"}` : `${Math.round(found.share * 100)} %`, true, found.share);
    next = setTimeout(() => look(found.id), LOOK_MS);
  }

  async function look(id) {
    try {
      const answer = await fetch(`${path()}/${id}`, { cache: "no-store" }), found = await answer.json();
      if (running === id) watch(answer.ok ? found : { ...found, id, state: "absent" });
    } catch {
      if (running === id) next = setTimeout(() => look(id), 4 * LOOK_MS);
    }
  }

  function finished() {
    running = "";
    clearTimeout(next);
    tell("Done. Equal settings have the same result.", false);
  }

  /* Other settings, or another page: what nobody waits for is stopped. */
  function leave() {
    fetch(`${path()}/${running}?who=${who()}`, { method: "DELETE", keepalive: true }).catch(() => {});
    clearTimeout(next);
    running = "";
  }

  function cancel() {
    leave();
    refused = "Cancelled.";
    fault("");
    tell("Cancelled.", false);
  }

  function tell(text, isRunning, share = 0) {
    parts.state.textContent = text;
    parts.bar.hidden = parts.cancel.hidden = !isRunning;
    parts.run.disabled = isRunning || Boolean(given.fault);
    parts.bar.value = share;
    document.documentElement.classList.toggle("is-simulating", isRunning);
  }

  function fault(text) {
    const isFault = Boolean(text) && text !== "Cancelled.";
    parts.fault.hidden = !isFault;
    parts.fault.textContent = isFault ? text[0].toUpperCase() + text.slice(1).replace(/[^.]$/, "$&.") : "";
  }

  (product.ownSheets ??= {})["simulate-form"] = paint;
})(window.product);
