// Looks at the page of `budgetdoc watch --serve` in a headless Chromium: the PDF is drawn, findings stand beside it,
// and after a save the page shows the new file at the place where it was scrolled to.
//
// usage: node tools/watch-page.mjs BUDGETDOC SPEC SCREENSHOT
// wants what tools/setup-validators.sh installs: playwright-core and Chromium (CHROMIUM, /usr/bin/chromium otherwise)

import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../.tools/npm/package.json", import.meta.url))("playwright-core");
const [program, spec, screenshot] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "budgetdoc-"));
const file = join(folder, "budget.yaml");
copyFileSync(spec, file);

const watch = spawn(resolve(program), ["watch", "budget.yaml", "--serve"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
const lines = createInterface({ input: watch.stdout })[Symbol.asyncIterator]();
const address = (await lines.next()).value;
const round = async () => {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error("the program ended");
    if (/^(等待修改|waiting)/.test(value)) return;
  }
};
const check = (right, what) => {
  if (!right) throw new Error(what);
  console.log(`ok: ${what}`);
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
try {
  await round();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(address);
  await page.waitForSelector("#pages canvas");
  check((await page.$$("#pages > div")).length > 20, "every page of the PDF has its place");
  await page.evaluate(() => { document.getElementById("pages").scrollTop = 9000; });
  await page.waitForFunction(() => document.querySelectorAll("#pages canvas").length > 3);
  const text = readFileSync(file, "utf8");

  const began = Date.now();
  writeFileSync(file, text.replace("（通用项目）", "（专用项目）"));
  await page.waitForFunction(() => document.getElementById("pages").dataset.version === "2");
  console.log(`from the save to the new file in the browser: ${Date.now() - began} ms`);
  check((await page.evaluate(() => document.getElementById("pages").scrollTop)) === 9000, "the place is kept");
  await round();

  // A finding in a text leads to its place on the page, with the keyboard as well.
  writeFileSync(file, text.replace("（通用项目）", "（专用项目）").replace(/(\n  duties: \|\n)/, "$1    收入预算9999万元。\n"));
  await page.waitForSelector("#messages button");
  await page.waitForFunction(() => document.getElementById("pages").dataset.version === "3");
  await page.focus("#messages button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#pages .spot");
  const seen = await page.evaluate(() => {
    const [spot, view] = [".spot", "#pages"].map((name) => document.querySelector(name).getBoundingClientRect());
    return spot.width > 100 && spot.top >= view.top && spot.bottom <= view.bottom;
  });
  check(seen, "the text of a finding is outlined in view");
  await page.screenshot({ path: screenshot.replace(/(\.png)?$/, "-outlined.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  check(await page.evaluate(() => document.documentElement.scrollWidth <= 390), "it fits a telephone");
  await page.screenshot({ path: screenshot.replace(/(\.png)?$/, "-telephone.png") });
  await page.setViewportSize({ width: 1366, height: 768 });
  await round();

  writeFileSync(file, text.replace("\nprofile:", "\nprofil:"));
  await page.waitForSelector("#messages .error");
  check((await page.textContent("#messages .error")).includes("profil"), "the finding stands beside the last file");
  check((await page.$$("#pages canvas")).length > 0, "the last good file stays");
  await page.waitForTimeout(500);
  await page.screenshot({ path: screenshot });
  check(errors.length === 0, `no error in the browser ${errors.join("; ")}`);
} finally {
  await browser.close();
  watch.kill();
  rmSync(folder, { recursive: true });
}
