// Shows the PDF and the findings, and both anew whenever there is news. The place on the page stays.
import * as pdfjs from "./pdf.min.mjs";

pdfjs.GlobalWorkerOptions.workerSrc = "./pdf.worker.min.mjs";

const lang = document.documentElement.lang;
const words = {
  zh: { stale: "有错误，显示的是上一次的文件", none: "还没有生成文件", fine: "没有发现问题", gone: "程序已结束", help: "办法：",
    error: "错误", warning: "警告", note: "提示",
    line: (line) => `数据文件第${line}行`, at: (page) => `PDF 第${page}页`, page: (page, of) => `第${page}页，共${of}页` },
  en: { stale: "there are errors; this is the last file", none: "no file yet", fine: "nothing found", gone: "the program has ended", help: "help: ",
    error: "error", warning: "warning", note: "note",
    line: (line) => `line ${line} of the spec`, at: (page) => `page ${page} of the PDF`, page: (page, of) => `page ${page} of ${of}` },
}[lang];
const pages = document.getElementById("pages");
const title = document.getElementById("title");
const state = document.getElementById("state");
const list = document.getElementById("messages");

let shown = null;
let observer = null;
let spots = [];

async function draw(page, place) {
  const scale = window.devicePixelRatio * 1.25;
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  // The old picture stays until the new one is ready.
  place.querySelector("canvas")?.remove();
  place.prepend(canvas);
}

async function show(version) {
  const next = await pdfjs.getDocument({ url: `document.pdf?v=${version}` }).promise;
  const loaded = [];
  for (let number = 1; number <= next.numPages; number++) loaded.push(await next.getPage(number));
  observer?.disconnect();
  observer = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((entry) => entry.isIntersecting)) {
      observer.unobserve(entry.target);
      draw(loaded[[...pages.children].indexOf(entry.target)], entry.target).then(() => {
        entry.target.dataset.version = version;
      });
    }
  }, { root: pages, rootMargin: "100%" });
  loaded.forEach((page, index) => {
    const place = pages.children[index] ?? pages.appendChild(document.createElement("div"));
    const viewport = page.getViewport({ scale: 1.25 });
    place.style.width = `min(100%, ${viewport.width}px)`;
    place.style.aspectRatio = `${viewport.width} / ${viewport.height}`;
    const { width, height } = page.getViewport({ scale: 1 });
    Object.assign(place.dataset, { width, height });
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", words.page(index + 1, loaded.length));
    observer.observe(place);
  });
  while (pages.children.length > loaded.length) pages.lastChild.remove();
  pages.dataset.version = version;
  shown?.destroy();
  shown = next;
}

/// Outlines where the text of a line of the spec stands in the PDF, and scrolls to the first place.
function outline(spots) {
  for (const old of pages.querySelectorAll(".spot")) old.remove();
  spots.forEach((spot, index) => {
    const place = pages.children[spot.page];
    if (!place) return;
    const mark = place.appendChild(document.createElement("div"));
    mark.className = "spot";
    for (const side of ["left", "width"]) mark.style[side] = `${(100 * spot[side]) / place.dataset.width}%`;
    for (const side of ["top", "height"]) mark.style[side] = `${(100 * spot[side]) / place.dataset.height}%`;
    if (index === 0) mark.scrollIntoView({ block: "center" });
  });
}

function tell(news) {
  const report = news.report;
  title.textContent = report.spec;
  document.title = report.spec;
  const stale = news.pdf !== news.version;
  // Those of the PDF that is shown: a spec that fails has none of its own.
  if (!stale) spots = report.spots;
  outline([]);
  state.textContent = news.pdf === 0 ? words.none : stale ? words.stale : report.messages.length ? "" : words.fine;
  list.replaceChildren(...report.messages.filter((message) => !message.suppressed).map((message) => {
    const item = document.createElement("li");
    item.className = message.severity;
    const place = message.places[0];
    const there = stale ? [] : spots.filter((spot) => message.places.some((place) => place.line === spot.line));
    const parent = there.length ? item.appendChild(document.createElement("button")) : item;
    if (there.length) parent.addEventListener("click", () => outline(there));
    const add = (tag, text, kind = "div") => {
      const part = parent.appendChild(document.createElement(kind));
      part.className = tag;
      part.textContent = text;
    };
    const page = there.length ? words.at(there[0].page + 1) : "";
    const severity = words[message.severity];
    add("place", [severity, message.rule, place && words.line(place.line), page].filter(Boolean).join(" · "));
    add("text", message.message[lang]);
    if (message.text) add("line", message.text, "code");
    if (message.help) add("help", words.help + message.help[lang]);
    return item;
  }));
  document.body.dataset.version = news.version;
}

async function follow() {
  let version = 0;
  let pdf = 0;
  for (;;) {
    const news = await (await fetch(`news?after=${version}`)).json();
    if (news.version === version) continue;
    version = news.version;
    tell(news);
    if (news.pdf !== pdf && news.pdf !== 0) {
      pdf = news.pdf;
      await show(pdf);
    }
  }
}

follow().catch(() => { state.textContent = words.gone; });
