// Chromium, and a server for the files a cell has made.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { chromium } from 'playwright-core';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };

export async function open() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

  /** What the page at a path of a directory (or at an address) says in its title, once it says something. */
  async function visit(place, path = '/', headers = {}) {
    const isAddress = /^http/.test(place);
    const server = isAddress ? undefined : await serve(place, headers);
    const page = await browser.newPage();
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    try {
      await page.goto(isAddress ? place : `http://127.0.0.1:${server.address().port}${path}`);
      await page.waitForFunction(() => document.title !== '', null, { timeout: 30_000 });
      return await page.title();
    } catch (error) {
      throw new Error([error.message, ...wrong].join('\n'));
    } finally {
      await page.close();
      server?.close();
    }
  }

  return { visit, close: () => browser.close() };
}

async function serve(directory, headers) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
      const body = await readFile(directory + (path === '/' ? '/index.html' : path));
      response.writeHead(200, { 'content-type': TYPES[extname(path) || '.html'] ?? 'text/plain', ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
