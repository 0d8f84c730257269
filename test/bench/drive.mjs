/** Drives product and floor in turns and compares. */
import { isDeepStrictEqual } from 'node:util';
import autocannon from 'autocannon';
import { Refusal } from '../../scripts/lib/project.mjs';

const CONNECTIONS = 10;
const WARM_UP_SECONDS = 2;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One answer of each server, which must say the same before anything is measured. */
async function assertSame(test, product, floor) {
  const [ours, theirs] = await Promise.all([product, floor].map(async (server, index) => {
    const url = server.address + (index === 0 ? test.product : test.floor);
    const answer = await fetch(url, { method: test.method, headers: test.headers?.(), body: test.body });
    const text = await answer.text();
    if (answer.status !== test.status) throw new Refusal(`${test.name}: ${server.name} answered ${answer.status}: ${text.slice(0, 300)}`);
    return test.marks(text);
  }));
  if (!isDeepStrictEqual(ours, theirs) || Object.keys(ours).length === 0) throw new Refusal(`${test.name}: product and floor do not answer the same`);
}

async function round(test, server, path, seconds) {
  const result = await autocannon({
    url: server.address + path, connections: CONNECTIONS, duration: seconds, method: test.method,
    ...(test.body ? { body: test.body, requests: [{ setupRequest: (request) => ({ ...request, headers: { ...request.headers, ...test.headers() } }) }] } : {}),
  });
  const bad = result.errors + result.timeouts + result.non2xx;
  if (bad > 0 || result['2xx'] === 0) throw new Refusal(`${test.name}: ${server.name} gave ${bad} answers that are no success`);
  return { rps: result['2xx'] / result.duration, p95: result.latency.p97_5, p50: result.latency.p50 };
}

/**
 * Rounds of one case, the servers by turns so that a disturbance of the machine meets both. Answers medians; `ratio` is product by floor in
 * requests a second.
 */
export async function measure(test, product, floor, { rounds, seconds }) {
  await assertSame(test, product, floor);
  const sides = [[product, test.product, []], [floor, test.floor, []]];
  for (const [server, path] of sides) await round(test, server, path, WARM_UP_SECONDS);
  for (let n = 0; n < rounds; n += 1) {
    for (const [server, path, results] of sides) results.push(await round(test, server, path, seconds));
  }
  const [ours, theirs] = sides.map(([, , results]) => ({
    rps: median(results.map(({ rps }) => rps)), p50: median(results.map(({ p50 }) => p50)), p97_5: median(results.map(({ p95 }) => p95)),
  }));
  return {
    name: test.name, product_rps: Math.round(ours.rps), floor_rps: Math.round(theirs.rps), ratio: Number((ours.rps / theirs.rps).toFixed(2)),
    p50_ms: ours.p50, p97_5_ms: ours.p97_5, floor_p97_5_ms: theirs.p97_5,
  };
}
