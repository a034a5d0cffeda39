// Builds the style of the documentation pages from govuk-frontend, into the package: `npm run style`.
// With --check it writes nothing and says whether what lies there is what it would build.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as sass from 'sass';

const here = new URL('./', import.meta.url);
const built = new URL('../../src/safeguard_rules/reports/html/assets/site.css', here);
const kit = JSON.parse(readFileSync(new URL('node_modules/govuk-frontend/package.json', here), 'utf8'));

const { css } = sass.compile(fileURLToPath(new URL('site.scss', here)), {
  loadPaths: [fileURLToPath(new URL('node_modules/', here))],
  quietDeps: true,
  silenceDeprecations: ['import'],
  style: 'compressed',
  charset: false,
});
// The licence asks to be kept with every copy; the package from npm has none, so it is kept beside the style.
const text = `/*! Parts of govuk-frontend ${kit.version} (${kit.license}, see govuk-frontend.LICENSE.txt). */\n${css}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(built, 'utf8') !== text) {
    console.error('site.css is not what `npm run style` builds');
    process.exit(1);
  }
} else {
  writeFileSync(built, text);
  console.log(`written: site.css, ${text.length} bytes`);
}
