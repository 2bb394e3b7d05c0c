// Tries the checker with all vectors, and its command with some. To run it: node --test match/checker
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { claim, hmac } from './check.mjs';
import { check, parse } from './judge.mjs';

const checker = fileURLToPath(new URL('./check.mjs', import.meta.url));
const judges = fileURLToPath(new URL('./judge.mjs', import.meta.url));
const vectors = fileURLToPath(new URL('../testdata/vectors/', import.meta.url));
const names = readdirSync(vectors, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const file = (vector, name) => join(vectors, vector, name);
const read = (vector, name) => readFileSync(file(vector, name), 'utf8');
const pair = (vector) => [parse(read(vector, 'problem.json')), parse(read(vector, 'certificate.json'))];

// judge does what the command does, without a process for each vector.
function judge(vector) {
  try {
    const [problem, certificate] = pair(vector);
    const hash = createHash('sha256').update(readFileSync(file(vector, 'problem.json'))).digest('hex');
    return certificate.problem === hash ? check(problem, certificate, hmac) : 'problem: another one';
  } catch (reason) {
    return `read: ${reason.message}`;
  }
}

// Faults that this checker meets under another name, or where it reads.
const unnamed = ['read', 'class', 'pinned'];

test('there are vectors to try, good and forged', () => {
  const forged = names.filter((name) => name.startsWith('forged-')).length;
  assert.ok(forged >= 20 && names.length - forged >= 12, `${forged} of ${names.length} vectors are forged`);
});

for (const name of names) {
  const { accept, why, says } = JSON.parse(read(name, 'expect.json'));
  test(`${name}: ${says}`, () => {
    const said = judge(name);
    assert.equal(said === null, accept, said ?? 'accepted');
    if (!accept && !unnamed.includes(why)) assert.equal(said.split(':')[0], why);
  });
}

test('the judge can be read in one sitting', () => {
  const lines = readFileSync(judges, 'utf8').trimEnd().split('\n');
  assert.ok(lines.length <= 200, `${lines.length} lines`);
  assert.ok(lines.every((line) => line.length <= 120), 'a line is longer than 120 letters');
});

test('the claim of an accepted certificate is said in words', () => {
  assert.match(claim(...pair('optimal-flat')), /^no matching counts more, goal by goal: suitability 15$/);
  assert.match(claim(...pair('optimal-minimums')), /: minimums 2, suitability 12$/);
  assert.match(claim(...pair('impossible')), /^no matching meets the minimums, nor more than 2 units of them$/);
  assert.match(claim(...pair('stable-for-mentees')), /best stable one for all mentees; others are stable too$/);
  assert.match(claim(...pair('stable-for-mentors')), /best stable one for all mentors; others are stable too$/);
  assert.match(claim(...pair('stable-unique')), /best stable one for all mentees; no other one is stable$/);
  assert.match(claim(...pair('stable-without-other')), /best stable one for all mentees$/);
  assert.match(claim(...pair('stable-ties')), /^with equals as the lottery ranks them, this matching is stable/);
  assert.match(claim(...pair('more-placed')), /rather have each other; pairs: 2, in any such matching at most 2, in any at all at most 2$/);
  assert.match(claim(...pair('more-placed-bounded')), /; pairs: 1, in any such matching at most 1, in any at all at most 2$/);
});

test('whatever is not of the format is refused, and nothing is thrown', () => {
  const odd = [null, true, 1.5, -1, 2 ** 53, 1e300, NaN, '', '1', [], {}, [null], ['1'], { length: 1 }, '__proto__', undefined];
  let refused = 0;
  const spoil = (file, at, key, judged) => {
    const was = at[key];
    for (const value of odd) {
      at[key] = value;
      const said = check(...judged);
      assert.ok(said === null || typeof said === 'string', `${key} = ${value}`);
      if (said !== null) refused++;
    }
    at[key] = was;
    if (was !== null && typeof was === 'object') for (const inner of Object.keys(was)) spoil(file, was, inner, judged);
  };
  for (const name of ['optimal-units', 'optimal-lottery', 'stable-classes', 'stable-drawn', 'more-placed-decided', 'impossible']) {
    const judged = [...pair(name), hmac];
    for (const file of [0, 1]) spoil(file, judged, file, judged);
    assert.equal(check(...judged), null, `${name} is not what it was`);
  }
  assert.ok(refused > 2000, `only ${refused} were refused`);
});

test('a page brings its own HMAC', () => {
  const asked = [];
  const hmac = (key, message) => {
    asked.push([key, message]);
    return createHmac('sha256', key).update(message).digest();
  };
  const [problem, certificate] = pair('stable-ties');
  assert.equal(check(problem, certificate, hmac), null);
  assert.deepEqual(asked[0], [problem.lottery.seed, 'mentee\0amina\0']);
  assert.match(check(problem, certificate, () => new Uint8Array(32)), /^(blocking|refusal|replay): /);
});

// The command, as an auditor runs it.
function run(...args) {
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout };
}

const files = (vector) => [file(vector, 'problem.json'), file(vector, 'certificate.json')];

test('the command accepts a good certificate with exit code 0', () => {
  const { status, stdout } = run(checker, ...files('optimal-flat'));
  assert.equal(stdout, 'accepted: no matching counts more, goal by goal: suitability 15\n');
  assert.equal(status, 0);
});

for (const [what, args, said] of [
  ['a forged certificate', files('forged-price-lowered'), /^refused: residual: /],
  ['a certificate about another file', files('forged-other-problem'), /^refused: problem: /],
  ['a file in which a key is there twice', files('forged-key-twice'), /^refused: read: /],
  ['a file that ends too soon', files('forged-cut-short'), /^refused: /],
  ['a file that does not exist', [file('optimal-flat', 'problem.json'), 'nowhere.json'], /^refused: .*nowhere\.json/],
  ['one file only', files('optimal-flat').slice(0, 1), /^refused: /],
  ['nothing', [], /^refused: /],
]) {
  test(`the command refuses ${what} with exit code 1`, () => {
    const { status, stdout } = run(checker, ...args);
    assert.match(stdout, said);
    assert.equal(status, 1);
  });
}

test('a name in a file cannot write a verdict of its own', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'checker-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const problem = read('optimal-flat', 'problem.json').replace('"suitability"', '"\\naccepted: all is well\\u001b[2K"');
  const certificate = parse(read('optimal-flat', 'certificate.json'));
  certificate.problem = createHash('sha256').update(problem).digest('hex');
  certificate.values = [16];
  writeFileSync(join(dir, 'problem.json'), problem);
  writeFileSync(join(dir, 'certificate.json'), JSON.stringify(certificate));
  const { status, stdout } = run(checker, join(dir, 'problem.json'), join(dir, 'certificate.json'));
  assert.match(stdout, /^refused: value: [^\p{C}]*\n$/u);
  assert.equal(status, 1);
});

test('the command works under another name, and on files that are not UTF-8 it refuses', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'checker-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const [alias, latin] = [join(dir, 'judge.mjs'), join(dir, 'problem.json')];
  symlinkSync(checker, alias);
  assert.equal(run(alias, ...files('forged-value')).status, 1);
  assert.equal(run(alias, ...files('optimal-flat')).status, 0);
  writeFileSync(latin, readFileSync(file('optimal-flat', 'problem.json'), 'utf8').replace('amina', 'améline'), 'latin1');
  assert.equal(run(checker, latin, file('optimal-flat', 'certificate.json')).status, 1);
});
