// Judges the proof that comes with a matching of mentees with mentors, and trusts nobody who made it. It shares no line
// with the checker in Go. docs/reference/problem-format.md and certificate.md tell what the files mean, and why the
// conditions tried here suffice. It needs nothing of Node, so that a page can judge with it; check.mjs is the command.
const must = (ok, code, why) => { if (!ok) throw new Error(`${code}: ${why}`); };
const isText = (v) => typeof v === 'string' && !/[\p{Cs}\ufffd]/u.test(v); // nothing that UTF-8 cannot tell apart
const distinct = (list) => new Set(list).size === list.length;
const increasing = (list) => list.every((x, i) => !i || list[i - 1] < x);
const sum = (x, y) => (must(Number.isSafeInteger(x + y), 'range', 'a sum is too great to be exact'), x + y);

// numbers lets only lists of whole numbers within bounds pass. A list that is left out is empty.
function numbers(code, values = [], from = -(2 ** 31), to = 2 ** 31 - 1, size = values.length) {
  const bad = Array.isArray(values) ? values.findIndex((v) => !Number.isSafeInteger(v) || v < from || v > to) : 0;
  must(bad < 0 && values.length === size, code, `not a list of ${size} whole numbers from ${from} to ${to}`);
  return values;
}

function layOut(problem, hmac) { // prepares a problem for judging, if a claim about it has a meaning
  const { mentees = {}, mentors = {}, classes = {}, purposes = [], edges = {}, columns = {}, lottery = {} } = problem;
  const { chiron, kind, aim, hardMinimums = false, goals = [], lottery: { seed = '' } = {} } = problem;
  must(chiron === 'problem/1' && kind === 'two-sided', 'kind', 'not a two-sided problem of the format problem/1');
  must(Object.hasOwn(judges, aim), 'aim', 'the aim is unknown');
  must((aim === 'optimal') === (goals.length > 0), 'goals', 'goals go with the aim "optimal", and only with it');
  const ids = [mentees.id ?? [], mentors.id ?? []];
  must([...ids, purposes, [seed]].every((l) => l.every(isText) && distinct(l)), 'id', 'an id is none or there twice');
  const [n, m, parents] = [ids[0].length, ids[1].length, numbers('class', classes.parent)];
  const groups = [[mentees, n], [mentors, m], [classes, parents.length]];
  const capColumn = (key) => groups.flatMap(([group, size]) => numbers('caps', group[key], 0, undefined, size));
  const max = capColumn('max');
  const min = groups.some(([group]) => 'min' in group) ? capColumn('min') : max.map(() => 0);
  must(typeof hardMinimums === 'boolean' && max.every((most, c) => min[c] <= most), 'caps', 'a cap has no range');
  const paths = max.slice(0, n + m).map((_, c) => [c]); // of each cap: itself, the cap it lies in, and so on
  for (const parent of parents) paths.push([paths.length, ...paths[parent]]); // fails unless that is an earlier cap
  const plain = !parents.length && max.slice(0, n).every((most) => most <= 1);
  must(plain || aim !== 'stable-more-placed', 'aim', 'a mentee takes several mentors, or there are classes');
  const mentee = numbers('edges', edges.mentee, 0, n - 1);
  const mentor = numbers('edges', edges.mentor, 0, m - 1, mentee.length);
  const [count, pairs, own] = [mentee.length, mentee.map((_, e) => e), [mentee, mentor.map((j) => n + j)]];
  const column = (key, from, to, absent) => (key in edges ? numbers('edges', edges[key], from, to, count) : absent);
  const leaf = ['menteeCap', 'mentorCap'].map((key, s) => column(key, 0, max.length - 1, own[s]));
  const state = column('state', 0, 2, pairs.map(() => 0)); // open, pinned, forbidden
  const ranks = ['menteeRank', 'mentorRank'].map((key) => column(key, 1, undefined, pairs.map(() => 1)));
  const rank = ranks.map((own) => own.map((rank, e) => (state[e] === 1 ? 0 : rank))); // nothing is better than a pin
  const purpose = column('purpose', 0, purposes.length - 1, pairs.map(() => -1));
  const path = (s, e) => paths[leaf[s][e]];
  const step = (e) => [mentee, mentor, purpose].map((values) => values[e] - values[e - 1]).find((by) => by !== 0);
  must(pairs.every((e) => !e || step(e) > 0), 'edges', 'a pair is there twice or out of order');
  must(pairs.every((e) => [0, 1].every((s) => path(s, e).at(-1) === own[s][e])), 'edges', 'a cap of somebody else');
  for (const values of Object.values(columns)) numbers('columns', values, undefined, undefined, count);
  const bits = (...words) => [...hmac(seed, `${words.join('\0')}\0`)].map((b) => b.toString(2).padStart(8, 0)).join('');
  const draw = (word) => (id) => (seed ? parseInt(bits(word, id).slice(0, 48), 2) : 0);
  const drawn = [lottery.mentees ?? ids[0].map(draw('mentee')), lottery.mentors ?? ids[1].map(draw('mentor'))];
  drawn.forEach((list, s) => numbers('lottery', list, 0, 2 ** 48 - 1, ids[s].length));
  const number = [(e) => (drawn[0][mentee[e]] + drawn[1][mentor[e]]) % 2 ** 48, (e) => drawn[0][mentee[e]]];
  const words = (e) => ['pair', ids[0][mentee[e]], ids[1][mentor[e]], purposes[purpose[e]] ?? ''];
  const digits = (d) => pairs.map((e) => parseInt(bits(...words(e)).slice(20 * d - 20, 20 * d), 2));
  const sides = { mentees: [...ids[0].keys()], mentors: ids[1].map((_, j) => n + j) };
  const p = { aim, hardMinimums, sides, own, max, min, paths, path, pairs, rank, state, columns, number, digits };
  checkMatching(p, pairs.filter((e) => state[e] === 1)); // the pinned pairs must fit the caps together
  const ladder = [...(hardMinimums ? [{ name: 'minimums', minimums: true }] : []), ...goals];
  return { ...p, ladder: ladder.map((goal) => worth(p, goal)) };
}

// worth says what each pair, and what the k-th unit on each cap, counts in a goal.
function worth(p, { name, pairs = false, column, band, units = [], minimums = false, lottery = 0, minimise = false }) {
  const good = (ok) => must(ok, 'goals', `the goal "${name}" is not well formed`);
  good([pairs, minimums, minimise].every((v) => typeof v === 'boolean') && !(minimise && (units.length || minimums)));
  good([pairs, column, units.length, minimums, lottery].filter(Boolean).length === 1);
  good(!column || !p.pairs.length || Object.hasOwn(p.columns, column));
  good(!band || (column && numbers('goals', band, undefined, undefined, 2) && band[0] <= band[1]));
  const values = numbers('goals', [lottery], 0, 12)[0] ? p.digits(lottery) : column && p.columns[column];
  const counts = (v) => (band ? Number(v >= band[0] && v <= band[1]) : v);
  const pair = (e) => (minimise ? -1 : 1) * (values ? counts(values[e]) : Number(pairs));
  const rewards = new Map();
  for (const { of, caps, units: list } of units) {
    good(!of !== !caps && increasing(caps ?? []));
    for (const c of numbers('goals', caps ?? p.sides[of] ?? false, 0, p.max.length - 1)) {
      good(!rewards.has(c) && rewards.set(c, numbers('goals', list, -(2 ** 50), 2 ** 50)));
      good(rewards.get(c).every((u, i) => i + 1 >= p.max[c] || u >= (list[i + 1] ?? 0)));
    }
  }
  return { name, pair, unit: (c, k) => (minimums ? Number(k <= p.min[c]) : rewards.get(c)?.[k - 1] ?? 0) };
}

function checkMatching(p, chosen = []) { // with all pinned and no forbidden pairs; returns what the caps have
  const [on, isChosen] = [p.max.map(() => []), new Set(numbers('chosen', chosen, 0, p.pairs.length - 1))];
  must(increasing(chosen), 'chosen', 'the chosen pairs are not strictly increasing');
  must(chosen.every((e) => p.state[e] !== 2), 'forbidden', 'a forbidden pair is chosen');
  must(p.state.every((state, e) => state !== 1 || isChosen.has(e)), 'pinned', 'a pinned pair is not chosen');
  for (const e of chosen) for (const c of [...p.path(0, e), ...p.path(1, e)]) on[c].push(e);
  on.forEach((es, c) => must(es.length <= p.max[c], 'cap', `cap ${c} takes ${p.max[c]} pairs and has ${es.length}`));
  return { on, isChosen, short: on.some((es, c) => es.length < p.min[c]) };
}

function checkOptimal(p, { outcome, chosen = [], values = [], prices = [] }) { // no other counts more, goal by goal
  const { on, isChosen, short } = checkMatching(p, chosen);
  const ladder = outcome === 'optimal' ? p.ladder : p.hardMinimums ? p.ladder.slice(0, 1) : [];
  must([values, prices].every((list) => [...list].length === ladder.length), 'claim', 'a goal lacks a value or prices');
  ladder.forEach(({ name, pair, unit }, k) => {
    const units = on.flatMap((es, c) => es.map((_, i) => unit(c, i + 1)));
    const value = chosen.map(pair).concat(units).reduce(sum, 0);
    must(value === values[k], 'value', `the matching counts ${value} in "${name}", not ${values[k]}`);
    const row = numbers('price', prices[k], -(2 ** 51), 2 ** 51, p.max.length);
    numbers('price', p.paths.map((path) => path.map((c) => row[c]).reduce(sum, 0)), -(2 ** 50), 2 ** 50);
  });
  const sign = (amount) => Math.sign(ladder.map((_, k) => amount(k)).find((x) => x !== 0) ?? 0); // goal by goal
  for (const e of p.pairs.filter((e) => p.state[e] === 0)) {
    const caps = [...p.path(0, e), ...p.path(1, e)];
    const residual = sign((k) => caps.map((c) => -prices[k][c]).reduce(sum, ladder[k].pair(e)));
    must(isChosen.has(e) ? residual >= 0 : residual <= 0, 'residual', `the prices speak for the contrary on pair ${e}`);
  }
  on.forEach(({ length: load }, c) => {
    const gain = (i) => sign((k) => prices[k][c] + ladder[k].unit(c, i));
    must(gain(Math.max(load, 1)) >= 0 && (load === p.max[c] || gain(load + 1) <= 0), 'price', `wrong for cap ${c}`);
  });
  must((p.hardMinimums && short) === (outcome === 'impossible'), 'minimum', 'the minimums are met, or they are not');
}

function preferences(p, s) { // everybody's pairs on side s, best first, and how these people choose among pairs
  const order = p.pairs.filter((e) => p.state[e] !== 2).sort((a, b) =>
    p.rank[s][a] - p.rank[s][b] || p.number[s](a) - p.number[s](b) ||
    p.own[1 - s][a] - p.own[1 - s][b] || p.rank[1 - s][a] - p.rank[1 - s][b] || a - b);
  const [lists, place, of] = [p.max.map(() => []), [], (e) => p.own[s][e]];
  order.forEach((e, i) => { place[e] = i; lists[of(e)].push(e); });
  const fits = (taken, e) => p.path(s, e).every((c) => taken.filter((t) => p.path(s, t).includes(c)).length < p.max[c]);
  const choose = (es) => es.sort((a, b) => place[a] - place[b]).reduce((t, e) => (fits(t, e) ? [...t, e] : t), []);
  return { lists, of, fits, choose, wants: (mine, e) => choose([...mine[of(e)], e]).includes(e) };
}

function checkReplay(p, [proposers, receivers], { chosen, rejected = [] }) { // stable, and the best for proposers
  const { on, isChosen } = checkMatching(p, chosen);
  must(distinct(numbers('list', rejected, 0, p.pairs.length - 1)), 'list', 'a pair is refused twice');
  const blocks = (e) => !isChosen.has(e) && proposers.wants(on, e) && receivers.wants(on, e);
  for (const e of p.pairs) must(p.state[e] === 2 || !blocks(e), 'blocking', `both sides would rather have pair ${e}`);
  const [proposed, refused, held] = [new Set(), new Set(), p.max.map(() => [])];
  const propose = (taken, e) => { // unless the proposer has enough better pairs that are not refused as yet
    if (!proposers.fits(taken, e)) return taken;
    if (!proposed.has(e)) held[receivers.of(e)] = receivers.choose([...held[receivers.of(e)], e]);
    proposed.add(e);
    return refused.has(e) ? taken : [...taken, e];
  };
  for (const list of proposers.lists) list.reduce(propose, []);
  for (const e of rejected) {
    must(p.state[e] !== 2 && !receivers.wants(held, e), 'refusal', `the refusal of pair ${e} has no ground`);
    refused.add(e);
    proposers.lists[proposers.of(e)].reduce(propose, []);
  }
  must(p.pairs.every((e) => isChosen.has(e) === (proposed.has(e) && !refused.has(e))), 'replay', 'another one results');
}

function checkStable(p, { chosen, rejected, other }) { // the best for the side of the aim; other, for the others
  const sides = (p.aim === 'stable-for-mentees' ? [0, 1] : [1, 0]).map((s) => preferences(p, s));
  checkReplay(p, sides, { chosen, rejected });
  if (other !== undefined) checkReplay(p, sides.reverse(), other);
}

// checkWeaklyStable says whether no two would both strictly rather have each other, whether no pair could make way for
// one more without loss to one of its two, and whether each pair counts on a total of the cover, which bounds them all.
function checkWeaklyStable(p, { chosen, cover = [] }) {
  const { on, isChosen } = checkMatching(p, chosen);
  const hasRoom = (s, e) => on[p.own[s][e]].length < p.max[p.own[s][e]];
  const wants = (s, e) => hasRoom(s, e) || on[p.own[s][e]].some((has) => p.rank[s][has] > p.rank[s][e]);
  const next = p.max.map(() => Infinity); // everybody's best rank of a pair for which the other side has room
  for (const e of p.pairs.filter((e) => p.state[e] === 0 && !isChosen.has(e))) {
    must(!wants(0, e) || !wants(1, e), 'blocking', `both sides would strictly rather have pair ${e}`);
    for (const s of [0, 1]) if (hasRoom(1 - s, e)) next[p.own[s][e]] = Math.min(next[p.own[s][e]], p.rank[s][e]);
  }
  for (const e of p.pairs.filter((e) => p.state[e] === 0 && isChosen.has(e))) {
    const loss = [0, 1].map((s) => next[p.own[s][e]] - p.rank[s][e]);
    must(Math.min(...loss) > 0 || Math.max(...loss) === Infinity, 'exchange', `pair ${e} is in the way of one more`);
  }
  must(increasing(numbers('cover', cover, 0, p.max.length - 1)), 'cover', 'its totals are not strictly increasing');
  must(p.pairs.every((e) => p.state[e] === 2 || p.own.some((of) => cover.includes(of[e]))), 'cover', 'it is too small');
}

const judges = { // for each aim, who judges it, what may be claimed, and what proves it
  optimal: [checkOptimal, ['optimal', 'impossible'], ['values', 'prices']],
  'stable-for-mentees': [checkStable, ['stable'], ['rejected', 'other']],
  'stable-for-mentors': [checkStable, ['stable'], ['rejected', 'other']],
  'stable-more-placed': [checkWeaklyStable, ['weakly-stable'], ['cover']],
};

export function check(problem, certificate, hmac) { // null, or why not; hmac(key, text) gives bytes of HMAC-SHA256
  try {
    must(certificate.chiron === 'certificate/1', 'read', 'the certificate is not of the format certificate/1');
    const [p, [judge, outcomes, proofs]] = [layOut(problem, hmac), judges[problem.aim]];
    const known = ['chiron', 'problem', 'engine', 'outcome', 'chosen', ...proofs];
    must(outcomes.includes(certificate.outcome), 'claim', 'the problem asks for another claim');
    must(Object.keys(certificate).every((key) => known.includes(key)), 'claim', 'the proof of another claim is here');
    must(p.aim === 'optimal' || !p.hardMinimums || !checkMatching(p, certificate.chosen).short, 'minimum', 'not met');
    return judge(p, certificate) ?? null;
  } catch (reason) {
    return reason.message;
  }
}

export function parse(json) { // JSON with each key once: readers differ in which of two they take
  const keys = (json) => (json.match(/"(?:[^"\\]|\\.)*"(\s*:)?/g) ?? []).filter((text) => text.endsWith(':')).length;
  must(keys(json) === keys(JSON.stringify(JSON.parse(json))), 'read', 'a key is there twice');
  return JSON.parse(json);
}
