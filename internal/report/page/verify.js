{ // What follows is the page's own part: it unpacks the proof, has check judge it, and compares what the page shows.
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key] ?? key);
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(byId('verify-box').dataset.words);
  const utf8 = new TextEncoder();

  // SHA-256 by FIPS 180-4. The browser's own one cannot be waited for in the middle of a check.
  const rounds = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ];
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  function sha256(bytes) {
    const size = (bytes.length + 72) & ~63;
    const padded = new Uint8Array(size);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(size - 4, bytes.length << 3);
    const h = Int32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
    const w = new Int32Array(64);
    for (let at = 0; at < size; at += 64) {
      for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
      for (let t = 16; t < 64; t++) {
        const [x, y] = [w[t - 15], w[t - 2]];
        w[t] = w[t - 16] + w[t - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
      }
      let [a, b, c, d, e, f, g, i] = h;
      for (let t = 0; t < 64; t++) {
        const s = i + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[t] + w[t];
        const s2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        [i, g, f, e, d, c, b, a] = [g, f, e, (d + s) | 0, c, b, a, (s + s2) | 0];
      }
      [a, b, c, d, e, f, g, i].forEach((word, n) => { h[n] += word; });
    }
    const out = new DataView(new ArrayBuffer(32));
    h.forEach((word, n) => out.setInt32(4 * n, word));
    return new Uint8Array(out.buffer);
  }
  const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

  // HMAC by RFC 2104, with the two blocks that the key makes remembered.
  let keyed = {};
  function hmacSHA256(key, text) {
    if (keyed.key !== key) {
      let bytes = utf8.encode(key);
      if (bytes.length > 64) bytes = sha256(bytes);
      const pad = (mask) => Uint8Array.from({ length: 64 }, (_, n) => (bytes[n] ?? 0) ^ mask);
      keyed = { key, inner: pad(0x36), outer: pad(0x5c) };
    }
    const join = (a, b) => { const c = new Uint8Array(a.length + b.length); c.set(a); c.set(b, a.length); return c; };
    return sha256(join(keyed.outer, sha256(join(keyed.inner, utf8.encode(text)))));
  }

  async function unpack(id) {
    const bytes = Uint8Array.from(atob(byId(id).textContent.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // compareShown returns in words what the page shows otherwise than the proof says.
  function compareShown(problem, certificate) {
    const differs = [];
    const expect = (ok, key, values) => { if (!ok) differs.push(say(key, values)); };
    const ids = [problem.mentees?.id ?? [], problem.mentors?.id ?? []];
    const { edges = {}, purposes = [] } = problem;
    const chosen = certificate.chosen ?? [];
    const loads = ids.map((list) => list.map(() => 0));
    for (const e of chosen) { loads[0][edges.mentee[e]]++; loads[1][edges.mentor[e]]++; }
    const inRow = (row, name) => row.querySelector(`[data-id="${name}"]`)?.textContent.trim();
    const rows = [...document.querySelectorAll('[data-edge]')];
    const shown = new Set();
    rows.forEach((row, n) => {
      const e = Number(row.dataset.edge);
      const purpose = inRow(row, 'purpose');
      const said = [inRow(row, 'mentee'), inRow(row, 'mentor')];
      const right = ids[0][edges.mentee?.[e]] === said[0] && ids[1][edges.mentor?.[e]] === said[1] &&
        (purpose === undefined || purpose === purposes[edges.purpose?.[e]]?.trim()) && chosen.includes(e) && !shown.has(e);
      expect(right, 'pairdiffers', { n: n + 1, mentee: said[0], mentor: said[1] });
      shown.add(e);
    });
    const listed = byId('pairs-table') !== null;
    expect(!listed || rows.length === chosen.length, 'pairsdiffer', { n: rows.length, of: chosen.length });
    const without = ids[0].filter((_, i) => problem.mentees.max[i] > 0 && loads[0][i] === 0);
    const named = [...document.querySelectorAll('[data-nobody]')].map((item) => inRow(item, 'mentee'));
    const count = Number(byId('nobody').dataset.nobodyCount);
    expect(count === without.length && (!named.length || String(named.toSorted()) === String(without.toSorted())), 'nobodydiffers');
    const figure = (name, value) => {
      const at = document.querySelector(`[data-figure="${name}"]`);
      expect(!at || at.textContent.replace(/\D/g, '') === String(value), 'figurediffers', { name: at?.closest('.kpi').querySelector('.lab').textContent, value });
    };
    figure('placed', loads[0].filter((n, i) => n > 0 && problem.mentees.max[i] > 0).length);
    figure('pairs', chosen.length);
    return { differs, pairs: listed ? rows.length : 0, nobody: without.length };
  }

  function show(accepted, lines) {
    const verdict = byId('verdict');
    verdict.dataset.verdict = accepted ? 'accepted' : 'refused';
    verdict.className = `note mt-3 ${accepted ? 'note-green' : 'note-red'}`;
    const title = document.createElement('b');
    title.textContent = say(accepted ? 'accepted' : 'refused');
    const list = document.createElement('ul');
    for (const line of lines) list.append(Object.assign(document.createElement('li'), { textContent: line }));
    const all = document.createElement('div');
    all.append(title, list);
    verdict.replaceChildren(all);
  }

  // judge takes the bytes of both files.
  function judge(problemBytes, certificateBytes) {
    const decode = (bytes) => parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const [problem, certificate] = [decode(problemBytes), decode(certificateBytes)];
    const hash = hex(sha256(problemBytes));
    if (certificate.problem !== hash || byId('print-problem').textContent.trim() !== hash) return show(false, [say('otherproblem')]);
    if (byId('print-certificate').textContent.trim() !== hex(sha256(certificateBytes))) return show(false, [say('othercertificate')]);
    const why = check(problem, certificate, hmacSHA256);
    if (why !== null) return show(false, [say('noproof'), why]);
    const { differs, pairs, nobody } = compareShown(problem, certificate);
    if (differs.length) return show(false, [say('showndiffers'), ...differs.slice(0, 10)]);
    const claims = [say(`claim${certificate.outcome}`)];
    return show(true, [say('fileright', { hash: hash.slice(0, 16) }), ...claims, pairs ? say('pairsright', { n: pairs }) : say('figuresright'), say('nobodyright', { n: nobody })]);
  }

  async function verify(read) {
    const verdict = byId('verdict');
    verdict.className = 'note mt-3';
    verdict.textContent = say('working');
    await new Promise((done) => { setTimeout(done, 30); }); // so that the words are seen before the work begins
    try {
      judge(...await read());
    } catch (reason) {
      show(false, [say('unread'), String(reason.message ?? reason)]);
    }
  }
  const fromPage = () => Promise.all([unpack('packed-problem'), unpack('packed-certificate')]);
  const button = byId('verify');
  if (button) {
    button.hidden = false;
    button.addEventListener('click', () => verify(fromPage));
    if (location.hash === '#verify') verify(fromPage);
  }
  const files = byId('files');
  if (files) {
    byId('verify-files').hidden = false;
    files.addEventListener('change', () => verify(async () => {
      const named = (name) => [...files.files].find((file) => file.name === name);
      const both = [named('problem.json'), named('certificate.json')];
      if (!both.every(Boolean)) throw new Error(say('twofiles'));
      return (await Promise.all(both.map((file) => file.arrayBuffer()))).map((buffer) => new Uint8Array(buffer));
    }));
  }

  const all = byId('open-all');
  if (all) {
    all.hidden = false;
    all.addEventListener('click', () => {
      const open = all.dataset.opened !== 'yes';
      for (const details of document.querySelectorAll('#pairs-table details')) details.open = open;
      all.dataset.opened = open ? 'yes' : 'no';
      all.textContent = open ? all.dataset.close : all.dataset.open;
    });
  }
}
