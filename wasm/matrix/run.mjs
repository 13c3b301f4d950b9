// The packed npm package, imported wherever people import packages; each cell computes one value.
//
//   node run.mjs [PART OF A CELL'S NAME]
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cells } from './cells.mjs';
import { open } from './page.mjs';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));
const work = `${here}work`;

async function pack() {
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const { stdout } = await run('npm', ['pack', `${here}../pkg`, '--pack-destination', work, '--silent']);
  const tarball = `${work}/${stdout.trim()}`;
  await writeFile(`${work}/package.json`, '{ "private": true, "type": "module" }');
  await run('npm', ['install', tarball, '--prefix', work, '--offline', '--no-audit', '--no-fund', '--no-save'], { cwd: work });
  return tarball;
}

/** A directory for a cell, with these files in it. */
async function directory(name, files) {
  const into = `${work}/${name.replaceAll(/\W+/g, '-')}`;
  await mkdir(into, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(`${into}/${file}`, text);
  return into;
}

const tarball = await pack();
const browser = await open();
const context = {
  tarball,
  work,
  directory,
  run: async (...command) => (await run(command[0], command.slice(1), { cwd: work })).stdout.trim(),
  visit: browser.visit,
  copy: cp,
  read: readFile,
};
let [passed, failed] = [0, 0];
try {
  for (const [name, cell] of Object.entries(cells)) {
    if (!name.includes(process.argv[2] ?? '')) continue;
    const started = performance.now();
    let outcome;
    try {
      outcome = await cell(context, name);
    } catch (error) {
      outcome = `fails: ${error.stderr || error.stdout || error.stack}`;
    }
    const good = outcome === 'good';
    if (good) passed += 1;
    else failed += 1;
    console.log(`${good ? 'ok  ' : 'FAIL'} ${name} (${Math.round(performance.now() - started)} ms)${good ? '' : `\n     ${outcome}`}`);
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
