/* The line to the server: a fault shows at once with a way to try again, and newer data is shown in place. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const FRESH_MS = 5000, LOOK_MS = 30000, AGAIN_MS = 5000, SLOW_MS = 8000;
  let lookedAt = Date.now(), asking = null, foreseen = null, slow = null, next = null, isLost = false, isLeaving = false;

  function request(url) {
    const control = new AbortController();
    const data = fetch(url, { signal: control.signal }).then((answer) => (answer.ok ? answer.json() : { failed: answer.status }));
    return { url, data, control, at: performance.now() };
  }

  const isOf = (asked, url) => asked?.url === url && performance.now() - asked.at < FRESH_MS;

  /* Ask for what a click would show; one such question at a time, and its failure is nobody's loss. */
  function foresee(search) {
    const url = "/page-data" + location.pathname + search;
    if (isLost || asking || isOf(foreseen, url)) return;
    foreseen?.control.abort();
    const mine = (foreseen = request(url)), drop = () => { if (foreseen === mine) foreseen = null; };
    mine.data.then((data) => data.failed && drop(), drop);
  }

  /* Ask for the numbers of the URL that is shown; whatever was asked before is of no use any more. */
  async function ask() {
    asking?.control.abort();
    const [path, search] = [location.pathname, location.search], url = "/page-data" + path + search;
    const mine = (asking = isOf(foreseen, url) ? foreseen : request(url)), { signal } = mine.control;
    foreseen = null;
    wait();
    try {
      const data = await mine.data;
      if (signal.aborted) return;
      if (data.failed) return lose(`The server failed to answer (${data.failed}).`);
      lookedAt = performance.timeOrigin + mine.at;
      product.receive({ ...data, path, search });
    } catch {
      if (!signal.aborted) lose("The server cannot be reached; check the connection.");
    } finally {
      if (asking === mine) asking = null;
    }
  }

  const sentence = (text) => text[0].toUpperCase() + text.slice(1).replace(/[^.]$/, "$&.");

  function lose(text, fault) {
    if (isLeaving) return;
    isLost = true;
    clearTimeout(slow);
    document.body.classList.remove("is-waiting");
    document.body.classList.toggle("is-lost", !product.isCurrent());
    const isPage = document.querySelector(".page-body:not([hidden])");
    const also = product.isCurrent() ? " The numbers below are the last that arrived." : isPage ? " No numbers have arrived for this selection." : "";
    product.notices.fault(sentence(text + (fault ? ` (fault ${fault})` : "")) + also, again);
    look.soon(AGAIN_MS);
  }

  function found() {
    isLost = false;
    clearTimeout(slow);
    document.body.classList.remove("is-waiting", "is-lost");
  }

  function wait() {
    document.body.classList.add("is-waiting");
    clearTimeout(slow);
    slow = setTimeout(() => lose("The server has not answered for 8 seconds."), SLOW_MS);
  }

  /* Ask once more; a page whose frames never came is loaded again. */
  const again = () => (product.settings ? ask() : location.reload());

  async function look() {
    look.soon(isLost ? AGAIN_MS : LOOK_MS);
    if (document.hidden) return;
    try {
      const answer = await fetch("/data-version", { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      const { version, notes } = await answer.json();
      lookedAt = Date.now();
      product.notes.see(notes);
      if (isLost || (product.version() && version !== product.version())) again();
      else product.notices.tick();
    } catch {
      if (!isLost) lose("The server cannot be reached.");
    }
  }
  look.soon = (after) => { clearTimeout(next); next = setTimeout(look, after); };

  addEventListener("beforeunload", () => { isLeaving = true; });
  addEventListener("pageshow", () => { isLeaving = false; });
  addEventListener("offline", () => lose("There is no connection to the network."));
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  ask();
  look.soon(LOOK_MS);
  product.server = { ask, foresee, found, lose, look, lookedAt: () => lookedAt };
})(window.product);
