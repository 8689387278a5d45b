/* The line to the server: a fault shows at once with a way to try again, and newer data is shown in place. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const LOOK_MS = 30000, AGAIN_MS = 5000, SLOW_MS = 8000;
  const ASKS = /\/_dash-(update-component|layout|dependencies)$/;
  let n = 0, slow = null, next = null, isLost = false, isLeaving = false;

  const fetchAsIs = window.fetch.bind(window);

  const isOfNow = (inputs) => inputs.every(({ id, property, value }) => id !== "url" || value === location[property]);

  /* The renderer of Dash 4.4 keeps it to the console when a callback fails; what it asks is watched here. */
  window.fetch = async (resource, options) => {
    if (!ASKS.test(new URL(resource.url || resource, location).pathname)) return fetchAsIs(resource, options);
    const isCurrent = () => !options?.body || isOfNow(JSON.parse(options.body).inputs || []);
    try {
      const answer = await fetchAsIs(resource, options);
      if (!answer.ok && isCurrent()) lose(`The server failed to answer (${answer.status}).`);
      return answer;
    } catch (error) {
      if (isCurrent()) lose("The server cannot be reached; check the connection.");
      throw error;
    }
  };

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

  /* Ask once more for the URL that is shown; a page that never came is loaded again. */
  function again() {
    if (!product.settings) return location.reload();
    wait();
    window.dash_clientside.set_props("again", { data: ++n });
  }

  async function look() {
    look.soon(isLost ? AGAIN_MS : LOOK_MS);
    if (document.hidden) return;
    try {
      const answer = await fetchAsIs("/data-version", { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      const { version } = await answer.json();
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
  addEventListener("load", () => { wait(); look.soon(LOOK_MS); });
  product.server = { wait, found, lose, look };
})(window.product);
