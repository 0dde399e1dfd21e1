// A person in a real browser: opens the address, logs in, allows it, and reads the address at which the browser ends.
import puppeteer from 'puppeteer-core';

const [browserPath, address, user, password] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.type('input[name=user]', user);
  await page.type('input[name=password]', password);
  await Promise.all([page.waitForNavigation(), page.click('#login')]);
  await Promise.all([page.waitForNavigation(), page.click('#allow')]);
  console.log(page.url());
} finally {
  await browser.close();
}
