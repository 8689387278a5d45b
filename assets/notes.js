/* What people have added, saved views and annotations: kept here as it last came, changed through the API. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const listeners = [];
  let known = { stamp: "", views: [], annotations: [], fault: "" };

  function take(next) {
    const isNew = JSON.stringify(next) !== JSON.stringify(known);
    known = next;
    if (isNew) listeners.forEach((listener) => listener());
  }

  async function ask(method, url, body) {
    let answer;
    try {
      answer = await fetch(url, { method, cache: "no-cache", headers: body ? { "Content-Type": "application/json" } : {}, body: body && JSON.stringify(body) });
    } catch {
      throw new Error("The server cannot be reached; check the connection.");
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    const { detail } = await answer.json().catch(() => ({}));
    throw new Error(sentence(detail || `the server failed to answer (${answer.status})`));
  }

  const sentence = (text) => text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

  async function refresh() {
    try {
      const [{ views, stamp }, { annotations, stamp: later }] = await Promise.all(["/api/v1/views", "/api/v1/annotations"].map((url) => ask("GET", url)));
      /* A change between both answers: neither stamp is that of the whole, so the next look asks again. */
      take({ stamp: stamp === later ? stamp : null, views, annotations, fault: "" });
    } catch (error) {
      take({ ...known, fault: error.message });
    }
  }

  /* Make a change and take what is there then; throws an Error with one sentence. */
  async function change(method, url, body) {
    const made = await ask(method, url, body);
    await refresh();
    return made;
  }

  product.notes = {
    take, refresh, change,
    see: (stamp) => { if (stamp !== undefined && stamp !== known.stamp) refresh(); },
    onChange: (listener) => listeners.push(listener),
    get views() { return known.views; },
    get annotations() { return known.annotations; },
    get fault() { return known.fault; },
  };
})(window.product);
