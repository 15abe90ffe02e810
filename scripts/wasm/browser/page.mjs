// Headless Chromium and a server of one folder, for pages that print one text. Every page has the strictest policy under which
// WebAssembly compiles, and whatever a page says besides is an error.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

/** Where a page's `untyped` folder is: the same files, but WebAssembly without its media type. */
const UNTYPED = '/untyped/';

function served(folder) {
  const policies = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const isTyped = !pathname.startsWith(UNTYPED);
    const file = join(folder, isTyped ? pathname : pathname.slice(UNTYPED.length));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404).end();
    const extension = file.split('.').pop();
    const type = extension === 'wasm' && !isTyped ? 'application/octet-stream' : TYPES[extension];
    const policy = policies.get(pathname);
    response.writeHead(200, { 'content-type': type, ...(policy && { 'content-security-policy': policy }) }).end(readFileSync(file));
  });
  return { policies, server };
}

/** The browser, with `tools` having playwright-core, and `printedBy(name, scripts)`: what a page with this HTML of scripts prints. */
export async function open(folder, tools) {
  const { chromium } = createRequire(join(tools, 'package.json'))('playwright-core');
  const { policies, server } = served(folder);
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  console.log(`Chromium ${browser.version()}`);

  async function printedAt(name, url, mayConnect = () => false) {
    const page = await browser.newPage();
    const said = [];
    page.on('console', (message) => { if (!mayConnect(message.text())) said.push(message.text()); });
    page.on('pageerror', (error) => said.push(`${error.stack}`));
    page.on('requestfailed', (request) => said.push(`${request.url()} failed`));
    try {
      return await new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`${name} printed nothing: ${said.join('\n')}`)), 180_000).unref();
        page.exposeFunction('printed', resolve).then(() => page.goto(url)).catch(reject);
      });
    } finally {
      await page.close();
      assert.deepEqual(said, [], name);
    }
  }

  function printedBy(name, scripts) {
    const inline = [...scripts.matchAll(/<script type="importmap">(.*?)<\/script>/gs)].map(([, text]) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    policies.set(`/out/${name}.html`, `default-src 'none'; script-src ${["'self'", "'wasm-unsafe-eval'", ...inline].join(' ')}; connect-src 'self'; worker-src 'self'; img-src data:`);
    writeFileSync(join(folder, 'out', `${name}.html`), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>${name}</title>${scripts}`);
    return printedAt(name, `${origin}/out/${name}.html`);
  }

  const close = async () => {
    await browser.close();
    server.close();
  };
  return { close, printedAt, printedBy };
}
