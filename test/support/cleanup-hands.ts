import { type CleanupOpening, cleanupOverview, CarryOutCleanups, cleanupSheet, DecideCleanup, effectiveList, OpenCleanup, ProposeCleanup, type ProposalContent, SignCleanup } from '@domains/ledger';
import { EvaluationSources } from '@core/policy';
import { type Actor, type DomainError, newId } from '@platform/kernel';
import { PublicReader } from '@platform/persistence';
import type { SmallCity } from './small-city';

export const refused = async (work: Promise<unknown>): Promise<DomainError> => work.then(() => { throw new Error('was not refused'); }, (error: DomainError) => error);

export const opening = (words: string): CleanupOpening => ({
  title: '年度清理', trigger: 'periodic', reason: '每两年清理一次。', scope: { departmentIds: [], kinds: [], publishedFrom: null, publishedTo: null, words }, proposeBy: '2026-03-20', checkBy: '2026-03-31',
});
export const content = (proposal: ProposalContent['proposal'], more: Partial<ProposalContent> = {}): ProposalContent =>
  ({ proposal, reason: '理由', amendWhat: proposal === 'amend' ? '第二条' : '', amendBy: proposal === 'amend' ? '2026-12-31' : null, effectOn: null, replacedBy: null, ...more });

/** Five people of a small city and what each does in a clean-up, from its opening to its lists. */
export async function cleanupHands(city: SmallCity) {
  const [reader, sources] = [city.app.get(PublicReader), city.app.get(EvaluationSources)];
  const oversees = async (): Promise<Actor> => ({ ...(await city.person(['overseer'])), scope: 'city' });
  const [drafter, head, overseer, checker, decider] = [await city.person(['drafter']), await city.person(['department_head']), await oversees(), await oversees(), await oversees()];
  const open = (words: string, by = overseer): Promise<string> => city.app.get(OpenCleanup).run(by, opening(words), newId());
  const itemsOf = (id: string, tenantId = city.drafting) => city.unitOfWork.run(overseer, async (tx) => (await cleanupSheet(tx, sources, id, tenantId, {})).items);
  const sheetVersion = (id: string, tenantId = city.drafting) => city.unitOfWork.run(overseer, async (tx) => (await cleanupSheet(tx, sources, id, tenantId, {})).rowVersion);
  const propose = async (id: string, title: string, what: ProposalContent, by = drafter): Promise<string> => {
    const item = (await itemsOf(id)).find((one) => one.title === title);
    await city.app.get(ProposeCleanup).run(by, id, item!.id, item!.rowVersion, what);
    return item!.id;
  };
  const sign = async (id: string, by = head): Promise<void> => city.app.get(SignCleanup).sign(by, id, await sheetVersion(id));
  const agree = async (id: string, by = checker): Promise<void> => city.app.get(SignCleanup).agree(by, id, city.drafting, await sheetVersion(id));
  let numbers = 0;
  const decide = async (id: string, by = decider): Promise<string> => {
    const { cleanup } = await city.unitOfWork.run(overseer, (tx) => cleanupOverview(tx, id));
    const number = `测政发〔2026〕${++numbers}号`;
    await city.app.get(DecideCleanup).run(by, id, cleanup.rowVersion, { number, text: '清理结果公布如下。' });
    return number;
  };
  const inForce = async (day: string, id: string) => (await effectiveOn(day)).find((item) => item.id === id);
  const effectiveOn = async (day: string) => {
    const found = [];
    for (let after: string | undefined; ;) {
      const { items, next } = await effectiveList(reader, city.cityId, day, { after });
      found.push(...items);
      if (!next) return found;
      after = next;
    }
  };
  const carryOut = (): Promise<number> => city.app.get(CarryOutCleanups).run(city.cityId);
  /** Policies in force with titles of their own; `word` stands in all of them. */
  const published = async (word: string, names: string[], effectiveTo: string | null = null): Promise<Record<string, string>> => {
    const ids: Record<string, string> = {};
    for (const name of names) {
      ids[name] = await city.policy({ state: 'published', title: `${word}${name}`, effectiveFrom: '2025-01-01', effectiveTo });
      await city.sql('UPDATE policy SET document_number = $3 WHERE city_id = $1 AND id = $2', [city.cityId, ids[name], `滨〔2026〕${name}${word}号`]);
    }
    return ids;
  };
  return { reader, sources, drafter, head, overseer, checker, decider, open, itemsOf, sheetVersion, propose, sign, agree, decide, inForce, carryOut, published };
}

export type CleanupHands = Awaited<ReturnType<typeof cleanupHands>>;
