// Checks a matching of mentees with mentors from its two files, with what judge.mjs knows.
// To run it: node check.mjs problem.json certificate.json
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { check, parse } from './judge.mjs';

export const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

export function claim(problem, { outcome, chosen = [], values, other, cover = [] }) { // in words
  const { aim, goals = [], hardMinimums, mentees, mentors } = problem;
  const counts = (hardMinimums ? [{ name: 'minimums' }] : []).concat(goals).map((g, k) => `${g.name} ${values?.[k]}`);
  if (outcome === 'optimal') return `no matching counts more, goal by goal: ${counts.join(', ')}`;
  if (outcome === 'impossible') return `no matching meets the minimums, nor more than ${values[0]} units of them`;
  if (outcome === 'weakly-stable') {
    const most = cover.reduce((sum, total) => sum + [...mentees.max, ...mentors.max][total], 0);
    const least = Math.min(most, Math.floor((3 * chosen.length) / 2));
    return `no two would both strictly rather have each other; pairs: ${chosen.length}, in any such matching at most ` +
      `${least}, in any at all at most ${most}`;
  }
  const others = String(other?.chosen ?? []) === String(chosen) ? 'no other one is stable' : 'others are stable too';
  return 'with equals as the lottery ranks them, this matching is stable, and the best stable one for all ' +
    `${aim.slice(11)}${other ? `; ${others}` : ''}`;
}

function judge(names) {
  const files = names.map((name) => readFileSync(name));
  const [problem, certificate] = files.map((bytes) => parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  const hash = createHash('sha256').update(files[0]).digest('hex');
  const why = certificate.problem === hash ? check(problem, certificate, hmac) : 'problem: another one';
  return why === null ? `accepted: ${claim(problem, certificate)}` : `refused: ${why}`;
}

if (pathToFileURL(realpathSync(process.argv[1] ?? '.')).href === import.meta.url) {
  let said;
  try {
    said = judge(process.argv.slice(2, 4));
  } catch (reason) {
    said = `refused: ${reason.message}`;
  }
  console.log(said.replace(/\p{C}/gu, ' ')); // and let no name in a file write on the screen
  process.exitCode = said.startsWith('accepted: ') ? 0 : 1;
}
