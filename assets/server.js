/* The line to the server: a fault shows at once with a way to try again, and newer data is shown in place. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const LOOK_MS = 30000, AGAIN_MS = 5000, SLOW_MS = 8000;
  let lookedAt = Date.now(), asking = null, slow = null, next = null, isLost = false, isLeaving = false;

  /* Ask for the numbers of the URL that is shown; whatever was asked before is of no use any more. */
  async function ask() {
    asking?.abort();
    const mine = (asking = new AbortController()), [path, search] = [location.pathname, location.search];
    wait();
    try {
      const answer = await fetch("/page-data" + path + search, { signal: mine.signal });
      if (mine.signal.aborted) return;
      if (!answer.ok) return lose(`The server failed to answer (${answer.status}).`);
      const data = await answer.json();
      lookedAt = Date.now();
      if (!mine.signal.aborted) product.receive({ ...data, path, search });
    } catch {
      if (!mine.signal.aborted) lose("The server cannot be reached; check the connection.");
    }
  }

  function lose(text, fault) {
    if (isLeaving) return;
    isLost = true;
    clearTimeout(slow);
    document.body.classList.remove("is-waiting");
    document.body.classList.toggle("is-lost", !product.isCurrent());
    const also = product.isCurrent() ? " The numbers below are the last that arrived." : " No numbers have arrived for this selection.";
    product.notices.fault(text + (fault ? ` (fault ${fault}).` : "") + also, again);
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
  product.server = { ask, found, lose, look, lookedAt: () => lookedAt };
})(window.product);
