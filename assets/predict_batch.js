/* The card that takes a file: dropped or chosen, sent with its progress, asked for until it is scored, then fetched; see api/batch.py. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const LOOK_MS = 700, KEPT = "predict-batch";
  const make = (...parts) => product.make(...parts);
  let parts = null, given = null, job = null, sending = null, next = null, drawn = "";

  function paint(body, { blocks: [block] }) {
    given = block;
    if (!body.contains(parts?.card)) build(body);
    parts.drop.hidden = Boolean(given.said);
    parts.said.hidden = !given.said;
    parts.said.textContent = given.said;
    parts.needed.hidden = !given.rows.length;
    const key = JSON.stringify(given.rows);
    if (key === drawn) return;
    drawn = key;
    parts.columns.replaceChildren(tableOf("Columns that the file must have", ["Column", "Attribute", "Holds"], given.rows));
    parts.template.href = URL.createObjectURL(new Blob([given.template], { type: "text/csv" }));
  }

  function build(body) {
    const file = make("input", { type: "file", id: "batch-file", accept: ".csv,.gz,.parquet,text/csv", className: "unseen", tabIndex: -1, "aria-label": "File of sessions", onchange: () => take(file.files[0]) });
    const choose = make("button", { type: "button", className: "button", onclick: () => file.click() }, "Choose a file");
    parts = {
      said: make("p", { className: "sheet-text quiet" }), file, columns: make("div"), template: make("a", { className: "button", download: "sessions.csv" }, "Download a template"),
      bar: make("progress", { max: 1, value: 0, "aria-label": "Progress" }), state: make("p", { className: "batch-state", role: "status" }),
      cancel: make("button", { type: "button", className: "button", onclick: cancel }, "Cancel"), fault: make("p", { className: "batch-fault", role: "alert", hidden: true }),
    };
    const limits = make("p", { className: "hint" }, `CSV, gzipped CSV or Parquet; at most ${given.most_bytes >> 20} MB and ${product.format.count(given.most_rows)} rows.`);
    parts.drop = make("div", { className: "batch-drop" }, make("p", {}, make("strong", {}, "Drop a file of sessions here"), " or ", choose), limits, file);
    parts.running = make("div", { className: "batch-running", hidden: true }, parts.state, parts.bar, parts.cancel);
    parts.done = make("div", { className: "batch-done", hidden: true });
    parts.needed = make("details", { className: "batch-needed" }, make("summary", {}, "Columns that the file must have"), parts.columns, make("p", { className: "sheet-actions" }, parts.template));
    parts.card = make("div", { className: "batch" }, parts.said, parts.drop, parts.fault, parts.running, parts.done, parts.needed);
    body.replaceChildren(parts.card);
    for (const name of ["dragenter", "dragover"]) parts.drop.addEventListener(name, (event) => { event.preventDefault(); parts.drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) parts.drop.addEventListener(name, (event) => { event.preventDefault(); parts.drop.classList.remove("over"); });
    parts.drop.addEventListener("drop", (event) => take(event.dataTransfer.files[0]));
    const kept = sessionStorage.getItem(KEPT);
    if (kept) look(kept);
  }

  function take(file) {
    if (!file || sending) return;
    fault("");
    if (file.size > given.most_bytes) return fault(`${file.name} is larger than ${given.most_bytes >> 20} MB; split it into smaller files.`);
    if (job) fetch(job, { method: "DELETE" });
    sending = new XMLHttpRequest();
    sending.open("POST", `${given.href}&name=${encodeURIComponent(file.name)}`);
    sending.setRequestHeader("Content-Type", "application/octet-stream");
    sending.upload.onprogress = ({ loaded, total }) => show(`Sending ${file.name}`, loaded / total);
    sending.onload = () => answered(sending.status, sending.responseText);
    sending.onerror = () => end("The file could not be sent; check the connection and try again.");
    show(`Sending ${file.name}`, 0);
    sending.send(file);
    parts.file.value = "";
  }

  function answered(status, text) {
    sending = null;
    let found = {};
    try { found = JSON.parse(text); } catch { /* a proxy's own page */ }
    if (status !== 202) return end(sentence(found.detail || `the server refused the file (${status})`));
    sessionStorage.setItem(KEPT, found.href);
    tell(found);
  }

  const sentence = (text) => text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

  async function look(href) {
    try {
      const answer = await fetch(href, { cache: "no-store" });
      const found = await answer.json();
      if (sessionStorage.getItem(KEPT) !== href) return;
      if (!answer.ok) return end(job ? sentence(found.detail) : "");
      tell(found);
    } catch {
      next = setTimeout(() => look(href), 4 * LOOK_MS);
    }
  }

  function tell(found) {
    job = found.href;
    if (found.state === "failed") return end(sentence(found.fault));
    if (found.state === "done") return finish(found);
    const n = product.format.count(found.n_read);
    show(found.state === "waiting" ? `${found.name} waits; ${found.ahead} before it` : `Scoring ${found.name}: ${n} rows`, found.share);
    clearTimeout(next);
    next = setTimeout(() => look(found.href), LOOK_MS);
  }

  function show(text, share) {
    parts.done.hidden = true;
    parts.running.hidden = false;
    parts.state.textContent = `${text} · ${Math.round(share * 100)} %`;
    parts.bar.value = share;
  }

  function end(text) {
    sending = job = null;
    clearTimeout(next);
    sessionStorage.removeItem(KEPT);
    parts.running.hidden = true;
    fault(text);
  }

  function fault(text) {
    parts.fault.textContent = text;
    parts.fault.hidden = !text;
  }

  function cancel() {
    if (sending) sending.abort();
    if (job) fetch(job, { method: "DELETE" });
    end("");
  }

  const link = (href, text, isMain) => make("a", { className: isMain ? "button primary" : "button", href, download: "" }, text);

  function finish({ name, href, outcome, head }) {
    parts.running.hidden = true;
    const { count } = product.format, { n_read: read, n_scored: scored, n_rejected: rejected } = outcome;
    const said = `${name}: ${count(scored)} of ${count(read)} rows scored${rejected ? `, ${count(rejected)} could not be` : ""}.`;
    const files = make("p", { className: "sheet-actions" }, link(`${href}/scored.csv`, "Download scored.csv", true), rejected ? link(`${href}/rejected.csv`, "Download rejected.csv") : null);
    const rows = head.rows.length ? tableOf("The first rows, scored", head.columns, head.rows) : null;
    parts.done.replaceChildren(make("p", { className: "batch-state", role: "status" }, said), files, rows ?? "");
    parts.done.hidden = false;
    parts.done.querySelectorAll(".sheet-rows").forEach((one) => { if (one.scrollWidth > one.clientWidth + 1) one.tabIndex = 0; });
  }

  function tableOf(label, columns, rows) {
    const head = make("tr", {}, ...columns.map((text) => make("th", { scope: "col" }, text)));
    const body = make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text, place) => make("td", { className: place === row.length - 1 && columns.length === 3 ? "wrapped" : "" }, text)))));
    return make("div", { className: "sheet-rows", role: "region", "aria-label": label }, make("table", {}, make("caption", { className: "unseen" }, label), make("thead", {}, head), body));
  }

  (product.ownSheets ??= {})["predict-batch"] = paint;
})(window.product);
