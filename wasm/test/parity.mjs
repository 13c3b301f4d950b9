// The built package and the native library give the same bits: `npm run parity`, needs cargo.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atra, bars, columns } from './data.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'atra-parity-'));
try {
  const whole = columns(bars(20_000));
  const holed = columns(bars(5_000, 11));
  for (const name of ['open', 'high', 'low', 'close', 'volume']) holed[name][777] = NaN;
  for (const [name, data] of Object.entries({ whole, holed })) {
    const path = join(directory, name);
    writeFileSync(path, atra.Frame.from(data).encode());
    const run = (program, ...args) => execFileSync(program, [...args, path], { cwd: here, encoding: 'utf8' });
    const ours = run(process.execPath, 'bits.mjs');
    assert.equal(ours, run('cargo', 'run', '--quiet', '--package', 'atra-wasm', '--example', 'bits', '--'));
    console.log(`${name}: ${ours.trim().split('\n').length} outputs, the same bits natively and in wasm`);
  }
} finally {
  rmSync(directory, { recursive: true });
}
