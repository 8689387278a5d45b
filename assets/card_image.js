/* A card as a PNG, made here: its elements and the page's own style sheets are drawn as an image, with what says where it is from. */
window.product = window.product || {};
(function (product) {
  "use strict";
  const SCALE = 2, MOST_PX = 16000;
  const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  let fonts = null;

  const inside = (rule) => (rule instanceof CSSMediaRule ? matchMedia(rule.media.mediaText).matches : !(rule instanceof CSSFontFaceRule));
  /* The rules in force, those for this width as they are: within an image, queries would ask for the image's width. */
  const textOf = (rules) => [...rules].filter(inside).map((rule) => (rule instanceof CSSMediaRule ? textOf(rule.cssRules) : rule.cssText)).join("\n");
  const styles = () => [...document.styleSheets].map((sheet) => textOf(sheet.cssRules)).join("\n");

  async function asData(url) {
    const blob = await (await fetch(url)).blob();
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    });
  }

  /* Our fonts, which an image cannot fetch. */
  async function embedded() {
    const faces = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule).map((rule) => [rule, sheet.href]));
    const texts = faces.map(async ([rule, base]) => {
      const [whole, , path] = /url\((["']?)(.+?)\1\)/.exec(rule.cssText);
      return rule.cssText.replace(whole, `url(${await asData(new URL(path, base || location.href))})`);
    });
    return (await Promise.all(texts)).join("\n");
  }

  function copyOf(card) {
    const copy = card.cloneNode(true);
    card.querySelectorAll("canvas").forEach((canvas, place) => {
      const image = Object.assign(make("img", ""), { src: canvas.toDataURL() });
      image.style.cssText = canvas.style.cssText;
      copy.querySelectorAll("canvas")[place].replaceWith(image);
    });
    const chosen = [...card.querySelectorAll("select")].map((select) => select.selectedOptions[0]?.textContent ?? "");
    copy.querySelectorAll("select").forEach((select, place) => select.replaceWith(make("b", "", chosen[place])));
    copy.querySelectorAll(".card-menu, .holder, .info, .by-keyboard, .twin-note, .hoverlayer, .unseen, input, details").forEach((part) => part.remove());
    copy.style[product.twins.isShown(card) ? "minWidth" : "width"] = `${card.offsetWidth}px`;
    card.querySelectorAll(".paint").forEach((box, place) => {
      if (box.querySelector(".graph")) copy.querySelectorAll(".paint")[place].style.cssText = `height:${box.offsetHeight}px;flex:none`;
    });
    return copy;
  }

  function sheetOf(card) {
    const sheet = make("div", "image-sheet"), foot = make("div", "image-foot");
    const meanings = [...product.origin.definitions([card])].map(([name, meaning]) => `${name}: ${meaning}`);
    const from = product.origin.lines(product.page.ofCard(card)?.filter_text ?? "");
    foot.append(...[...from, ...meanings].map((text) => make("p", "", text)));
    if (!card.querySelector(":scope > .heading")) sheet.append(make("h2", "image-title", card.dataset.title));
    sheet.append(copyOf(card), foot);
    foot.style.width = `${card.offsetWidth}px`;
    return sheet;
  }

  /* How large the sheet is: it is laid out on the page for a moment, out of sight. */
  function sizeOf(sheet) {
    const holder = make("div", "image-holder");
    holder.setAttribute("aria-hidden", "true");
    holder.append(sheet);
    document.body.append(holder);
    const { width, height } = sheet.getBoundingClientRect();
    holder.remove();
    return [Math.ceil(width), Math.ceil(height)];
  }

  function drawingOf(sheet, width, height, css) {
    const body = document.createElement("body");
    body.append(sheet);
    const inner = new XMLSerializer().serializeToString(body).replace(NO_XML, "");
    const style = css.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" data-theme="${document.documentElement.dataset.theme}">` +
      `<style>${style}</style><foreignObject x="0" y="0" width="${width}" height="${height}">${inner}</foreignObject></svg>`;
  }

  async function pngOf(card) {
    fonts = fonts || embedded();
    const css = `${await fonts}\n${styles()}`, sheet = sheetOf(card);
    const [width, height] = sizeOf(sheet);
    const scale = Math.min(SCALE, MOST_PX / Math.max(width, height));
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawingOf(sheet, width, height, css))}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
    const brush = canvas.getContext("2d");
    brush.scale(scale, scale);
    brush.drawImage(image, 0, 0, width, height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  async function save(card) {
    try {
      const url = URL.createObjectURL(await pngOf(card));
      Object.assign(document.createElement("a"), { href: url, download: `${card.dataset.view}-${product.page.data.data.last_day || "card"}.png` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
    } catch (error) {
      fonts = null;
      product.notices.tell(`The image of ${card.dataset.title} could not be made (${error.message}).`);
    }
  }

  product.image = { save, pngOf };
})(window.product);
