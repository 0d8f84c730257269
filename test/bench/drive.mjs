/** Drives product and floor in turns and compares. */
import { readFileSync } from 'node:fs';
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

/** Milliseconds of processor time that a process has used; null where the system does not tell. */
function cpuMs(pid) {
  if (process.platform !== 'linux') return null;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  // Fields 14 and 15, user and system time, in ticks of a hundredth of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function round(test, server, path, seconds) {
  const before = cpuMs(server.pid);
  const result = await autocannon({
    url: server.address + path, connections: CONNECTIONS, duration: seconds, method: test.method,
    ...(test.body ? { body: test.body, requests: [{ setupRequest: (request) => ({ ...request, headers: { ...request.headers, ...test.headers() } }) }] } : {}),
  });
  const bad = result.errors + result.timeouts + result.non2xx;
  if (bad > 0 || result['2xx'] === 0) throw new Refusal(`${test.name}: ${server.name} gave ${bad} answers that are no success`);
  return {
    rps: result['2xx'] / result.duration, p50: result.latency.p50, p97: result.latency.p97_5, cpu: before === null ? null : (cpuMs(server.pid) - before) / result['2xx'],
  };
}

/**
 * Rounds of one case, the servers by turns so that a disturbance of the machine meets both. Answers medians; `ratio` is product by floor in
 * requests a second. The processor time of a request is that of the server's process alone, and hardly depends on what else the machine does.
 */
export async function measure(test, product, floor, { rounds, seconds }) {
  await assertSame(test, product, floor);
  const sides = [[product, test.product, []], [floor, test.floor, []]];
  for (const [server, path] of sides) await round(test, server, path, WARM_UP_SECONDS);
  for (let n = 0; n < rounds; n += 1) {
    for (const [server, path, results] of sides) results.push(await round(test, server, path, seconds));
  }
  const [ours, theirs] = sides.map(([, , results]) => {
    const of = (figure) => median(results.map((result) => result[figure]));
    return { rps: of('rps'), p50: of('p50'), p97: of('p97'), cpu: of('cpu') };
  });
  return {
    name: test.name, product_rps: Math.round(ours.rps), floor_rps: Math.round(theirs.rps), ratio: Number((ours.rps / theirs.rps).toFixed(2)),
    p50_ms: ours.p50, p97_5_ms: ours.p97, floor_p97_5_ms: theirs.p97,
    ...(ours.cpu === null ? {} : { cpu_ms: Number(ours.cpu.toFixed(2)), floor_cpu_ms: Number(theirs.cpu.toFixed(2)), cpu_ratio: Number((theirs.cpu / ours.cpu).toFixed(2)) }),
  };
}
