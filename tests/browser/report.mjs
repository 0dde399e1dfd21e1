// Opens a report as its readers do: without a network, light, dark, narrow, without styles, under a server's policy, and
// on paper. Prints what it found as JSON, and leaves the pictures in a folder.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [browserPath, report, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const address = pathToFileURL(report).href;
const asked = [];
const said = [];

const browser = await puppeteer.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function open(url, width, scheme) {
  const page = await browser.newPage();
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  if (url === address) await page.setOfflineMode(true);
  await page.setViewport({ width, height: 720 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
  return page;
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html}`);
}

function measure(page) {
  return page.evaluate(() => ({
    text: document.querySelector('main').textContent,
    marks: [...document.querySelectorAll('main svg rect')].filter((mark) => mark.getBoundingClientRect().height > 0).length,
    wide: document.documentElement.scrollWidth - window.innerWidth,
    screen: document.querySelector('.first')?.getBoundingClientRect().bottom ?? 0,
    fill: getComputedStyle(document.querySelector('main svg rect') ?? document.body).fill,
  }));
}

try {
  const light = await open(address, 1280, 'light');
  await light.screenshot({ path: join(folder, 'light.png') });
  const found = { light: await measure(light), axe: await violations(light) };
  await light.pdf({ path: join(folder, 'report.pdf'), format: 'A4' });

  const dark = await open(address, 1280, 'dark');
  await dark.screenshot({ path: join(folder, 'dark.png') });
  found.axe.push(...(await violations(dark)));

  const narrow = await open(address, 390, 'light');
  await narrow.screenshot({ path: join(folder, 'narrow.png') });
  found.narrow = await measure(narrow);
  found.axe.push(...(await violations(narrow)));

  found.bare = await (async () => {
    await narrow.evaluate(() => document.querySelector('style').remove());
    await narrow.screenshot({ path: join(folder, 'bare.png') });
    return measure(narrow);
  })();
  found.asked = asked.filter((url) => url !== address && !url.startsWith('data:'));
  found.said = said.slice();

  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'; img-src 'self'; style-src 'self'");
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(readFileSync(report));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  // A sandboxed page runs no script, so what it shows is read through the accessibility tree.
  const strict = await open(`http://127.0.0.1:${server.address().port}/`, 1280, 'light');
  await strict.screenshot({ path: join(folder, 'strict.png') });
  const tree = await strict.accessibility.snapshot({ interestingOnly: false });
  const names = [];
  (function walk(node) {
    names.push(node.name ?? '');
    (node.children ?? []).forEach(walk);
  })(tree);
  found.strict = names.join('\n');
  server.close();
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
