/** Builds what browsers load: app.css from Sass, the icon sprite, htmx. Output: apps/web/public/assets (not committed). */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const web = join(root, 'apps', 'web');
const out = join(web, 'public', 'assets');
const require = createRequire(import.meta.url);
const packageDir = (name) => dirname(require.resolve(`${name}/package.json`));
mkdirSync(out, { recursive: true });

const { css } = compile(join(web, 'styles', 'app.scss'), {
  style: 'compressed',
  loadPaths: [join(packageDir('bootstrap'), 'scss')],
  quietDeps: true,
  // Bootstrap 5.3 is written with @import; Sass warns of its end in a later major.
  silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
});
writeFileSync(join(out, 'app.css'), css);

const icons = JSON.parse(readFileSync(join(web, 'styles', 'icons.json'), 'utf8'));
const symbol = (name) => {
  const svg = readFileSync(join(packageDir('bootstrap-icons'), 'icons', `${name}.svg`), 'utf8');
  const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 16 16" fill="currentColor">${inner}</symbol>`;
};
writeFileSync(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${icons.map(symbol).join('')}</svg>\n`);

copyFileSync(join(packageDir('htmx.org'), 'dist', 'htmx.min.js'), join(out, 'htmx.min.js'));
console.log(`styles: app.css ${(css.length / 1024).toFixed(0)} KB, ${icons.length} icons, htmx`);
