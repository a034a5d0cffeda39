// The documentation pages in a browser: accessibility (axe, WCAG 2.2 AA), phones, the keyboard, the search, paper.
//
//   PAGES=folder node --test pages.test.mjs
//
// PAGES is what `safeguard-rules docs` wrote. CHROMIUM names the browser; without it the usual places are looked at.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = resolve(process.env.PAGES ?? 'pages');
const files = readdirSync(root, { recursive: true }).map(String).filter((name) => name.endsWith('.html')).sort();

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// One page of each kind, the longest of those that there are several of.
const kinds = ['index.html', 'search.html', 'sources.html', 'reading-these-pages.html'].concat(
  ['packs/', 'rules/', 'definitions/', 'actions/', 'sources/', 'localities/'].map(longest),
);

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
});
after(() => browser?.close());

for (const [size, viewport] of Object.entries(sizes)) {
  describe(size, () => {
    for (const file of kinds) {
      test(`${file} has no violation that axe knows of`, () => visiting(file, { viewport }, async (page) => {
        await unfold(page);
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate((tags) => window.axe.run({ runOnly: tags }), rules);
        assert.deepEqual(violations.map((each) => `${each.id}: ${each.nodes[0].html}`), []);
        assert.ok(passes.length > 10);
      }));
    }
  });
}

test('no page is wider than a phone, folded or not', async () => {
  const wide = [];
  await withPage({ viewport: sizes.phone }, async (page) => {
    for (const file of files) {
      await page.goto(address(file));
      await unfold(page);
      const { content, shown } = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        shown: document.documentElement.clientWidth,
      }));
      if (content > shown) wide.push(`${file}: ${content} of ${shown}`);
    }
  });
  assert.deepEqual(wide, []);
});

test('nothing is asked of any other place, and no page complains', async () => {
  const asked = new Set();
  const complaints = [];
  await withPage({}, async (page) => {
    page.on('request', (request) => asked.add(new URL(request.url()).protocol));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    for (const file of kinds) await page.goto(address(file));
  });
  assert.deepEqual([...asked], ['file:']);
  assert.deepEqual(complaints, []);
});

test('the keyboard reaches all of a rule, and one sees where it is', () => visiting(longest('rules/'), {}, async (page) => {
  const links = await page.locator('a[href]:visible, button:visible, input:visible, summary:visible').count();
  const unseen = [];
  for (let number = 0; number < links; number += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      const box = document.activeElement.getBoundingClientRect();
      return {
        what: document.activeElement.outerHTML.slice(0, 80),
        body: document.activeElement === document.body,
        seen: box.width > 0 && (style.outlineWidth !== '0px' && style.outlineStyle !== 'none' || style.boxShadow !== 'none'),
      };
    });
    if (at.body || !at.seen) unseen.push(at.what);
  }
  assert.ok(links > 20);
  assert.deepEqual(unseen, []);
}));

test('the first key leads past the header', () => visiting('index.html', {}, async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to main content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
}));

test('a search from any page finds rules and statements by their words', () => visiting(longest('rules/'), {}, async (page) => {
  await page.fill('#find', 'BRUISE  doctor');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\.html\?q=/);
  assert.equal(await page.inputValue('#q'), 'BRUISE  doctor');
  const found = await page.locator('.rules-group li:visible').allTextContents();
  assert.ok(found.length > 0);
  for (const text of found) assert.match(text, /bruise[^]*doctor|doctor[^]*bruise/i);
  assert.match(await page.textContent('#found'), new RegExp(`^${found.length} entr`));

  await page.fill('#q', 'no such word anywhere');
  assert.equal(await page.locator('.rules-group li:visible').count(), 0);
  assert.match(await page.textContent('#found'), /says nothing about what guidance holds/);
}));

test('without scripts everything is listed', () => visiting('search.html', { javaScriptEnabled: false }, async (page) => {
  assert.ok((await page.locator('.rules-group li:visible').count()) > 50);
  assert.equal(await page.locator('noscript p').isVisible(), true);
}));

test('on paper what is folded is there, and what is for screens is not', () => visiting(longest('rules/'), {}, async (page) => {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.equal(await page.locator('.rules-nav').isVisible(), false);
  assert.equal(await page.locator('.rules-search').isVisible(), false);
  assert.equal(await page.locator('details:not([open])').count(), 0);
  const trees = page.locator('.rules-tree');
  for (let number = 0; number < await trees.count(); number += 1) assert.equal(await trees.nth(number).isVisible(), true);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.ok((await page.locator('details:not([open])').count()) > 0);
  const pdf = await page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 20_000);
}));

// --- what the tests share

function longest(folder) {
  const found = files.filter((name) => name.replaceAll('\\', '/').startsWith(folder));
  assert.ok(found.length > 0, `no page under ${folder}`);
  return found.reduce((one, other) => (length(other) > length(one) ? other : one));
}

function length(file) {
  return readFileSync(resolve(root, file)).length;
}

function address(file) {
  return pathToFileURL(resolve(root, file)).href;
}

function unfold(page) {
  return page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));
}

async function withPage(options, run) {
  const context = await browser.newContext(options);
  try {
    return await run(await context.newPage());
  } finally {
    await context.close();
  }
}

function visiting(file, options, run) {
  return withPage(options, async (page) => {
    await page.goto(address(file));
    await run(page);
  });
}

function findChromium() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find((place) => place && existsSync(place));
  assert.ok(found, 'no Chromium was found: name one, CHROMIUM=/path/to/chromium');
  return found;
}
