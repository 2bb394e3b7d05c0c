// Judges many certificates at once, for the test that compares this checker with the one in Go: reads a file with an
// object {"problem": …, "certificate": …} on every line and prints, line by line, "accepted" or "refused: " and why.
// To run it: node batch.mjs FILE
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { hmac } from './check.mjs';
import { check } from './judge.mjs';

for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity })) {
  const { problem, certificate } = JSON.parse(line);
  const why = check(problem, certificate, hmac);
  process.stdout.write(why === null ? 'accepted\n' : `refused: ${why.replaceAll('\n', ' ')}\n`);
}
