import { Public } from '@platform/identity';
import { DomainError } from '@platform/kernel';
import { checkpoints, consistencyProof, type ConsistencyAnswer, type InclusionAnswer, inclusionProof, logKeys, logState, publicKeyPem, requireCheckpoint, signedNote } from '@platform/merkle-log';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Query } from '@nestjs/common';
import { Cities, CityCode, file, type FileAnswer, type Page, page } from '../http';
import { CheckpointsDto, ConsistencyDto, InclusionDto } from './log.dto';

/** The signed checkpoints of a city's log, for whoever wants to hold the city to them later: the page, the files, the keys, and the proof that the log only grows. */
@Controller(':city/ledger')
export class CheckpointsPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly cities: Cities,
  ) {}

  @Public()
  @Get('checkpoints')
  async list(@CityCode() cityId: string, @Query() { after }: CheckpointsDto): Promise<Page> {
    await this.known(cityId);
    const [{ items, next }, keys, state] = await Promise.all([checkpoints(this.reader, cityId, { after }), logKeys(this.reader, cityId), logState(this.reader, cityId)]);
    const base = `/${cityId}/ledger`;
    return page('ledger/checkpoints', {
      title: 'ledger-log:page.title', keys, state, newest: after ? null : items[0] ?? null, next: next && `?after=${next}`,
      items: items.map((one, at) => {
        const before = items[at + 1];
        return { ...one, href: `${base}/checkpoints.json?no=${one.no}`, proofHref: before && before.size > 0 ? `${base}/consistency.json?first=${before.size}&second=${one.size}` : null };
      }),
      allHref: `${base}/checkpoints.json`, noteHref: `${base}/checkpoint.txt`, keysHref: `${base}/keys.pem`,
    });
  }

  /** All checkpoints, oldest first, or one: a file that `policyloop verify` takes. */
  @Public()
  @Get('checkpoints.json')
  async files(@CityCode() cityId: string, @Query() { no }: CheckpointsDto): Promise<FileAnswer> {
    await this.known(cityId);
    if (no) return file(`${JSON.stringify(await requireCheckpoint(this.reader, cityId, no), null, 2)}\n`, { type: JSON_FILE, name: `policyloop-checkpoint-${cityId}-${no}.json`, immutable: true });
    const { items } = await checkpoints(this.reader, cityId, { all: true });
    return file(`${JSON.stringify({ checkpoints: items.reverse() }, null, 2)}\n`, { type: JSON_FILE, name: `policyloop-checkpoints-${cityId}.json` });
  }

  /** The newest checkpoint as a signed note, for monitors that ask again and again; empty before the first. */
  @Public()
  @Get('checkpoint.txt')
  async note(@CityCode() cityId: string): Promise<FileAnswer> {
    await this.known(cityId);
    const { items: [newest] } = await checkpoints(this.reader, cityId);
    return file(newest ? signedNote(newest) : '', { type: TEXT, revalidate: { modifiedAt: newest ? new Date(newest.at) : null } });
  }

  /** RFC 9162 §2.1.4: that the log of the second size begins with that of the first. */
  @Public()
  @Get('consistency.json')
  async consistency(@CityCode() cityId: string, @Query() dto: ConsistencyDto): Promise<ConsistencyAnswer> {
    await this.known(cityId);
    const { items: [newest, before] } = await checkpoints(this.reader, cityId);
    const second = dto.second || newest?.size || 0;
    const first = dto.first || before?.size || second;
    return second === 0 ? { first, second, path: [] } : consistencyProof(this.reader, cityId, first, second);
  }

  /** RFC 9162 §2.1.3: that the entry of a number is under the root of a checkpoint of that size. A leaf's hash tells nothing of the entry. */
  @Public()
  @Get('inclusion.json')
  async inclusion(@CityCode() cityId: string, @Query() { entry, size }: InclusionDto): Promise<InclusionAnswer> {
    await this.known(cityId);
    const covered = size || (await checkpoints(this.reader, cityId)).items[0]?.size || 0;
    return covered === 0 ? { entry: 0, size: 0, leaf: '', path: [] } : inclusionProof(this.reader, cityId, entry ?? covered - 1, covered);
  }

  /** The public keys, the present one first: what `policyloop verify --key` takes. */
  @Public()
  @Get('keys.pem')
  async keys(@CityCode() cityId: string): Promise<FileAnswer> {
    await this.known(cityId);
    return file((await logKeys(this.reader, cityId)).map(({ publicKey }) => publicKeyPem(publicKey)).join(''), { type: TEXT, name: `policyloop-keys-${cityId}.pem` });
  }

  private async known(cityId: string): Promise<void> {
    if (!(await this.cities.find(cityId))) throw DomainError.notFound();
  }
}

const JSON_FILE = 'application/json; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';
