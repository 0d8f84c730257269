import { CloseCall, CommitDraw, DeclareConflict, DecideCall, PostNotice, RevealDraw, SaveApplication, StartReview } from '@domains/funding';
import { Sessions } from '@platform/identity';
import type { Actor } from '@platform/kernel';
import type { Browser } from 'playwright-core';
import { CONDITIONS, DATA, Stage, TIMES } from '../integration/funding/stage';
import { describeWithChromium } from '../support/capabilities';
import { PASSWORD } from '../support/people';
import { launchChromium } from './support/chromium';
import { faultsOf } from './support/inspect';

describeWithChromium('the funding pages in a browser', () => {
  let stage: Stage;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    stage = await Stage.set();
    base = await stage.test.listen();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  /** Opens a page as this person at both widths and tells what is wrong with it. */
  async function look(person: (Actor & { login?: string }) | null, path: string): Promise<string[]> {
    const wrong: string[] = [];
    const signedIn = person ? await stage.get(Sessions).signIn(stage.city.id, person.login!, PASSWORD) : null;
    for (const width of [1440, 390]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, serviceWorkers: 'block' });
      if (signedIn) await context.addCookies([{ name: 'pl_access', value: signedIn.accessToken, url: base }]);
      const tab = await context.newPage();
      tab.on('console', (message) => message.type() === 'error' && wrong.push(`${path} ${width}: ${message.text()}`));
      const answer = await tab.goto(base + path, { waitUntil: 'load' });
      if (answer?.status() !== 200) wrong.push(`${path}: ${answer?.status()}`);
      wrong.push(...(await faultsOf(tab)).map((fault) => `${path} ${width}: ${fault}`));
      const folder = process.env.SCREENSHOTS;
      if (folder) await tab.screenshot({ path: `${folder}/${path.replace(/\W+/g, '_').slice(0, 40)}_${stage.test.clock.now().getTime()}_${width}.png`, fullPage: true });
      await context.close();
    }
    return wrong;
  }

  it('break no rule of WCAG 2.2 A and AA, at desk and phone width, in every state of a call', async () => {
    const { id: city } = stage.city;
    const { people } = stage.department;
    const [one, two] = stage.city.enterprises;
    const wrong: string[] = [];
    const at = async (person: Parameters<typeof look>[0], ...paths: string[]): Promise<void> => {
      for (const path of paths) wrong.push(...(await look(person, path)));
    };
    await at(null, `/${city}/funds`);
    await at(people.fund_manager, '/console/funds');
    const callId = await stage.openCall(100_000_000, CONDITIONS);
    const other = await stage.openCall(90_000_000, [], '另一示例资金');
    const [portal, desk] = [`/${city}/calls/${callId}`, `/console/calls/${callId}`];
    const programme = await stage.sql<{ id: string }>('SELECT programme_id AS id FROM funding_call WHERE city_id = $1 AND id = $2', [city, callId]);
    await at(people.fund_manager, `/console/policies/${stage.policyId}/funding`, `/console/policies/${stage.policyId}/funding/programmes/${programme[0]!.id}/call`);
    await stage.sql(`UPDATE enterprise SET facts = '{"revenueYuan": 30000000}' WHERE city_id = $1 AND id = $2`, [city, one.enterpriseId]);
    await stage.get(SaveApplication).run(two, other, DATA);
    await at(null, `/${city}/funds`, portal);
    await at(two, portal, `${portal}/apply`, `/${city}/my/applications`);
    const applicationId = await stage.submit(callId, one);
    await at(one, `/${city}/my/applications/${applicationId}`);
    await at(people.fund_manager, `${desk}/applications/${applicationId}`);
    await stage.accept(applicationId);
    stage.at(TIMES.closed);
    await stage.get(CloseCall).run(stage.manager, callId);
    await at(people.fund_manager, desk);
    await stage.get(CommitDraw).run(stage.manager, callId, { seedSource: '示例彩票第2026033期开奖号码', seedAvailableAt: new Date(TIMES.seed) });
    await at(null, `${portal}/draw`);
    stage.at(TIMES.seed);
    await at(people.fund_manager, desk);
    await stage.get(RevealDraw).run(stage.manager, callId, '3 11 19 22 28 31 / 7');
    await stage.get(StartReview).run(stage.manager, callId);
    await at(null, `${portal}/draw`);
    const [review] = await stage.sql<{ id: string; accountId: string }>('SELECT id, account_id AS "accountId" FROM review_assignment WHERE city_id = $1', [city]);
    const expert = stage.experts.find(({ actor }) => actor.accountId === review!.accountId)!.actor;
    await at(expert, '/console/reviews', `/console/reviews/${review!.id}`);
    await stage.get(DeclareConflict).run(expert, review!.id, { conflict: false });
    await at(expert, `/console/reviews/${review!.id}`);
    await stage.score(callId);
    stage.at(TIMES.decided);
    await at(people.department_head, desk);
    await stage.get(DecideCall).run(stage.head, callId, [{ applicationId, amountFen: 50_000_000, reason: '按评审结果。' }]);
    await stage.get(PostNotice).run(stage.manager, callId);
    await at(stage.city.resident, `${portal}/notice`);
    await at(people.fund_manager, desk);
    expect(wrong).toEqual([]);
  }, 240_000);
});
