import { verifyCity } from '@platform/audit';
import { systemActor } from '@platform/kernel';
import { recordStatements, type StatementLog } from '../support/statements';
import { compareVersions } from './chapters/comparison';
import { answerAll, openForComment, postOpinions, publishAnswers, reviseAsPromised } from './chapters/consultation';
import { planAndDraft } from './chapters/drafting';
import { abolish, evaluate } from './chapters/ending';
import { applyForMoney, award, decideAndGiveNotice, drawAndScore, hearObjection, pay } from './chapters/funding';
import { approve, publishWithInterpretation, reviewAndDeliberate, writeInterpretation } from './chapters/publication';
import { Browser, type Seen } from './support/browser';
import { crossCityFaults } from './support/statement-rules';
import { Story } from './support/story';
import { Town } from './support/town';

/** More statements than this for one page are a query for each row of something. */
const PAGE_STATEMENTS = 25;

let log: StatementLog;
let story: Story;
const heavy: string[] = [];

/** Everything walks one after the other, so what was counted between start and end belongs to the request. */
async function watch({ who, method, path }: Seen, request: () => Promise<void>): Promise<void> {
  // A session is believed for some seconds, and looked up by whichever page comes after them.
  const counted = (): number => log.count - log.ofSessions;
  const before = counted();
  await request();
  if (method === 'GET' && counted() - before > PAGE_STATEMENTS) heavy.push(`${path} for ${who}: ${counted() - before}`);
}

beforeAll(async () => {
  log = recordStatements();
  story = new Story(await Town.open('2026-03-02T09:00:00+08:00', (test, who) => new Browser(test, who, watch)));
});
afterAll(async () => {
  await story?.town.close();
  log?.stop();
});

let broken = false;

/** One chapter after the other: where one fails, those after it could only fail for the same reason. */
function chapter(name: string, tell: (story: Story) => Promise<void>): void {
  it(name, async () => {
    if (broken) throw new Error('an earlier chapter failed');
    broken = true;
    await tell(story);
    broken = false;
  });
}

describe('the whole life of a policy, by its people, on the pages without JavaScript', () => {
  chapter('is planned, approved, created and drafted', planAndDraft);
  chapter('has its interpretation planned, and goes out for comment for thirty days', openForComment);
  chapter('is answered by an enterprise, a resident and somebody without a name, each with a receipt', postOpinions);
  chapter('closes to the second, by itself, and every opinion is answered', answerAll);
  chapter('has its answers approved by a second person and published', publishAnswers);
  chapter('is revised where it was promised, and goes to review', reviseAsPromised);
  chapter('is reviewed and deliberated, each by somebody else', reviewAndDeliberate);
  chapter('is approved by somebody who did not write it', approve);
  chapter('has its interpretation written in words and in a picture', writeInterpretation);
  chapter('goes out with its interpretation in words and in a picture, or not at all', publishWithInterpretation);
  chapter('shows its drafts beside each other, and what each opinion changed', compareVersions);
  chapter('gives money: a call is opened, two enterprises apply, both are checked', applyForMoney);
  chapter('draws experts that anybody can draw again, who declare and score without knowing whose it is', drawAndScore);
  chapter('decides, and tells everybody what it means to give', decideAndGiveNotice);
  chapter('hears an objection before it awards', hearObjection);
  chapter('awards what stood in the notice', award);
  chapter('pays each award once', pay);
  chapter('is evaluated by somebody who did not draft it, and the conclusion opens a case by itself', evaluate);
  chapter('is abolished on its day: gone from the effective list, whole in the ledger', abolish);

  chapter('left both chains whole', async ({ town }) => {
    const verdict = await town.test.unitOfWork.run(systemActor(town.city.id), (tx) => verifyCity(tx));
    expect(verdict.firstFault).toBeNull();
    expect(verdict.events).toBeGreaterThan(20);
  });

  chapter('asked no page for more statements than a page may', async () => {
    expect(heavy).toEqual([]);
  });

  chapter('named the city of every table it touched, in joins too', async ({ town }) => {
    const tables = await town.sql<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'city_id' AND $1 <> ''", [town.city.id]);
    expect(tables.length).toBeGreaterThan(30);
    expect(log.texts.size).toBeGreaterThan(100);
    // The first test of a run makes the schema; its steps go through every city.
    const asked = new Set([...log.texts].filter((text) => !/\bCREATE (TABLE|FUNCTION|INDEX)\b/.test(text)));
    expect(crossCityFaults(asked, new Set(tables.map(({ name }) => name)))).toEqual([]);
  });
});
