import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readSource } from '@core/documents';
import { type Cluster, clusterTexts, DEFAULTS, type Text } from '@core/similarity';
import { jsonLines } from './json-lines';

export interface ClusterCommandOptions {
  threshold?: string;
  shingle?: string;
  /** A file whose words anybody may quote. */
  draft?: string;
}

export interface ClusterReport {
  json: { clusters: (string | number)[][]; threshold: number; seconds: number };
  text: string;
}

/**
 * `policyloop cluster`: near-duplicates and campaigns among the opinions of a file of JSON lines `{id, text}`; `-` is standard input. Needs no database.
 *
 * @throws Error with one clear line, naming the line of the file where one is at fault
 */
export async function clusterFile(path: string, options: ClusterCommandOptions): Promise<ClusterReport> {
  const start = performance.now();
  const threshold = numberOf(options.threshold ?? String(DEFAULTS.threshold), (n) => n > 0 && n <= 1, '--threshold 应大于 0，不超过 1');
  const shingle = numberOf(options.shingle ?? String(DEFAULTS.shingle), (n) => Number.isInteger(n) && n >= 1 && n <= 50, '--shingle 应为 1 至 50 的整数');
  const quotable = options.draft === undefined ? undefined : await wordsOf(options.draft);
  const { texts, ids } = await readTexts(path);
  const { clusters } = clusterTexts(texts, { threshold, shingle, ...(quotable === undefined ? {} : { quotable }) });
  const seconds = Math.round(performance.now() - start) / 1000;
  return {
    json: { clusters: clusters.map((cluster) => cluster.ids.map((id) => ids.get(id) as string | number)), threshold, seconds },
    text: forPeople(clusters, texts.length, threshold, seconds),
  };
}

function numberOf(given: string, fits: (value: number) => boolean, refusal: string): number {
  const value = /^(\d+(\.\d*)?|\.\d+)$/.test(given) ? Number(given) : NaN;
  if (!fits(value)) throw new Error(refusal);
  return value;
}

async function wordsOf(path: string): Promise<string> {
  const buffer = await readFile(path).catch((error: NodeJS.ErrnoException) => { throw new Error(refusalOf(path, error)); });
  return (await readSource(basename(path), buffer)).provisions.map(({ text }) => text).join('\n');
}

/** The texts, and each id as it stood in the file: a number stays a number. */
async function readTexts(path: string): Promise<{ texts: Text[]; ids: Map<string, string | number> }> {
  const texts: Text[] = [];
  const ids = new Map<string, string | number>();
  const source: NodeJS.ReadableStream = path === '-' ? process.stdin : createReadStream(path);
  try {
    for await (const { number, value } of jsonLines(source as AsyncIterable<Buffer>)) {
      const { id, text } = (value ?? {}) as { id?: unknown; text?: unknown };
      if ((typeof id !== 'string' || id === '') && !Number.isFinite(id)) throw new Error(`第 ${number} 行没有 id（文字或数字）`);
      if (typeof text !== 'string') throw new Error(`第 ${number} 行没有 text（文字）`);
      const key = String(id);
      if (ids.has(key)) throw new Error(`第 ${number} 行的 id 与前面重复：${key.slice(0, 80)}`);
      ids.set(key, id as string | number);
      texts.push({ id: key, text });
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code ? new Error(refusalOf(path, error as NodeJS.ErrnoException)) : error;
  }
  return { texts, ids };
}

function refusalOf(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `没有这个文件：${path}`;
  return code === 'EISDIR' ? `不是文件：${path}` : `文件无法读取：${path}（${code ?? message}）`;
}

function forPeople(clusters: readonly Cluster[], count: number, threshold: number, seconds: number): string {
  const inside = clusters.reduce((sum, { ids }) => sum + ids.length, 0);
  const blocks = clusters.map(({ ids, members, wordings, representative, passages }, at) => {
    const alike = members.map(({ similarity }) => similarity);
    const range = wordings === 1 ? '文字相同' : `${wordings} 种写法，与共同文字的相似度 ${percent(Math.min(...alike))}–${percent(Math.max(...alike))}`;
    const shared = wordings === 1 ? [] : passages.map((passage) => `    共同：${shortened(passage, 60)}`);
    return [`${at + 1}. ${ids.length} 条，${range}`, `    代表（${representative.id}）：${shortened(representative.text, 80)}`, ...shared, `    编号：${shortened(ids.join('、'), 120)}`].join('\n');
  });
  return `${[`${count} 条意见，${clusters.length} 个意见簇，簇内 ${inside} 条；阈值 ${threshold}，用时 ${seconds} 秒`, ...blocks].join('\n')}\n`;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function shortened(text: string, length: number): string {
  const line = [...text.slice(0, 2 * length + 2).replace(/\s+/gu, ' ').trim()];
  return line.length > length ? `${line.slice(0, length).join('')}…` : line.join('');
}
