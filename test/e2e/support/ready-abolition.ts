import type { Visitor } from '../../support/visitor';
import { formsOf, type HtmlForm } from './html-form';

const valueOf = (form: HtmlForm, name: string): string => form.controls.find((control) => control.name === name)?.value ?? '';
/** The first form of the open page whose address ends so. */
export const formOf = async (visitor: Visitor, path: string, ending: string): Promise<HtmlForm> => {
  const form = formsOf((await visitor.get(path)).body).find(({ action }) => action.endsWith(ending));
  if (!form) throw new Error(`${path} has no form ${ending}`);
  return form;
};

/** Who does what with a case, as the test posts forms. */
interface Hands {
  drafter: Visitor;
  reviewer: Visitor;
  done(work: ReturnType<Visitor['post']>): Promise<unknown>;
}

/** Settles everything that hangs on the policy by the forms of the page, each kind in the way named, or in the first one that the page offers. */
export async function settleByPage({ drafter, done }: Pick<Hands, 'drafter' | 'done'>, path: string, ways: Record<string, string> = {}): Promise<void> {
  for (const form of formsOf((await drafter.get(path)).body).filter(({ action }) => action.endsWith('/settlements'))) {
    const choices = (name: string) => form.controls.find((control) => control.name === name)?.choices ?? [];
    const items = choices('items').filter(({ chosen }) => chosen).map(({ value }) => value);
    if (items.length === 0) continue;
    const group = valueOf(form, 'group');
    await done(drafter.post(form.action, { group, items, way: ways[group] ?? choices('way')[0]?.value ?? '', settleReason: '按公告的过渡安排。' }));
  }
}

/** From the opened case to its decision, by the page: prepared, everything settled, reviewed. */
export async function readyByPage(hands: Hands, path: string, preparation: Record<string, string> = {}, ways: Record<string, string> = {}): Promise<void> {
  const { drafter, done } = hands;
  const form = await formOf(drafter, path, '/preparation');
  await done(drafter.post(form.action, {
    rowVersion: valueOf(form, 'rowVersion'), opinions: 'not_asked', consultationId: '', opinionsGround: 'superior_law', opinionsNote: '上位法已修改。', replacedBy: '',
    transition: '废止前已经受理的申请按原政策办结。', proposedEffectOn: '2099-01-01', ...preparation,
  }));
  await settleByPage(hands, path, ways);
  await reviewByPage(hands, path);
}

export async function reviewByPage({ reviewer, done }: Pick<Hands, 'reviewer' | 'done'>, path: string, outcome = 'passed'): Promise<void> {
  const form = await formOf(reviewer, path, '/review');
  await done(reviewer.post(form.action, { rowVersion: valueOf(form, 'rowVersion'), outcome, reviewOpinion: '程序合法，过渡安排妥当。' }));
}
