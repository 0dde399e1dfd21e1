// Makes the picture of the report that the root README shows: node tests/browser/picture.mjs REPORT PNG [CHROMIUM]
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [report, picture, browserPath = '/usr/bin/chromium'] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 980 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  await page.goto(pathToFileURL(report).href);
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
}
