// Shows the PDF and the findings, and both anew whenever there is news. The place on the page stays.
import * as pdfjs from "./pdf.min.mjs";

pdfjs.GlobalWorkerOptions.workerSrc = "./pdf.worker.min.mjs";

const lang = document.documentElement.lang;
const words = {
  zh: { stale: "有错误，显示的是上一次的文件", none: "还没有生成文件", fine: "没有发现问题", gone: "程序已结束", help: "办法：" },
  en: { stale: "there are errors; this is the last file", none: "no file yet", fine: "nothing found", gone: "the program has ended", help: "help: " },
}[lang];
const pages = document.getElementById("pages");
const title = document.getElementById("title");
const state = document.getElementById("state");
const list = document.getElementById("messages");

let shown = null;
let observer = null;

async function draw(page, place) {
  const scale = window.devicePixelRatio * 1.25;
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  // The old picture stays until the new one is ready.
  place.replaceChildren(canvas);
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
    place.style.width = `${viewport.width}px`;
    place.style.height = `${viewport.height}px`;
    observer.observe(place);
  });
  while (pages.children.length > loaded.length) pages.lastChild.remove();
  pages.dataset.version = version;
  shown?.destroy();
  shown = next;
}

function tell(news) {
  const report = news.report;
  title.textContent = report.spec;
  document.title = report.spec;
  const stale = news.pdf !== news.version;
  state.textContent = news.pdf === 0 ? words.none : stale ? words.stale : report.messages.length ? "" : words.fine;
  list.replaceChildren(...report.messages.filter((message) => !message.suppressed).map((message) => {
    const item = document.createElement("li");
    item.className = message.severity;
    const add = (tag, text) => {
      const part = item.appendChild(document.createElement("div"));
      part.className = tag;
      part.textContent = text;
    };
    const place = message.places[0];
    add("place", `${message.rule ?? ""} ${place ? `${place.line}:${place.column}` : ""}`.trim());
    add("text", message.message[lang]);
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
