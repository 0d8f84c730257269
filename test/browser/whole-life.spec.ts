import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { compareVersions } from '../e2e/chapters/comparison';
import { answerAll, answerOne, openForComment, postOpinions, publishAnswers, reviseAsPromised } from '../e2e/chapters/consultation';
import { planAndDraft } from '../e2e/chapters/drafting';
import { abolish, evaluate } from '../e2e/chapters/ending';
import { applyForMoney, award, decideAndGiveNotice, drawAndScore, hearObjection, pay } from '../e2e/chapters/funding';
import { approve, publishWithInterpretation, reviewAndDeliberate, writeInterpretation } from '../e2e/chapters/publication';
import type { Seat } from '../e2e/support/browser';
import { Story } from '../e2e/support/story';
import { overHttp, Town } from '../e2e/support/town';
import { describeWithChromium } from '../support/capabilities';
import { launchChromium } from './support/chromium';
import { ChromiumSeat } from './support/chromium-seat';
import { faultsOf, faultsOnPhone } from './support/inspect';
import { type Keyboard, keyboardAt } from './support/keyboard';

// A chapter is dozens of pages, each looked at twice.
jest.setTimeout(180_000);

const PORTAL = /^\/(?:$|\d{6}|login)/;

describeWithChromium('the whole life of a policy in a real browser', () => {
  let browser: Browser;
  let story: Story;
  const faults: string[] = [];
  const inspected = new Set<string>();
  const seats: ChromiumSeat[] = [];
  const base = (): string => `http://127.0.0.1:${(story.town.test.app.getHttpServer().address() as AddressInfo).port}`;

  beforeAll(async () => {
    browser = await launchChromium();
    const town: Town = await Town.open<Seat>('2026-03-02T09:00:00+08:00', (test, who) => {
      // One expert sees what all of them see.
      if (who.startsWith('expert-') && who !== 'expert-2') return overHttp(test, who);
      const address = `http://127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
      const seat = new ChromiumSeat(browser, address, who, async (page, visit) => {
        const found = [...(await faultsOf(page)), ...(await faultsOnPhone(page, PORTAL.test(visit.path)))];
        faults.push(...found.map((fault) => `${visit.path} for ${who}: ${fault}`));
      }, inspected, (text) => faults.push(text));
      seats.push(seat);
      return seat;
    });
    story = new Story(town);
  });

  afterAll(async () => {
    for (const seat of seats) await seat.close();
    await browser?.close();
    await story?.town.close();
  });

  let broken = false;
  const chapter = (name: string, ...tell: ((story: Story) => Promise<void>)[]): void => {
    it(name, async () => {
      if (broken) throw new Error('an earlier chapter failed');
      broken = true;
      for (const part of tell) await part(story);
      broken = false;
      expect(faults.splice(0)).toEqual([]);
    });
  };

  chapter('is drafted and put before the public', planAndDraft, openForComment);

  chapter('is commented on from a phone without touching it: the keyboard alone', async ({ portal }) => {
    const keyboard: Keyboard = await keyboardAt(browser, base() + portal);
    await keyboard.follow('我要提意见');
    await keyboard.follow('测试市999801工业设备更新补助办法');
    await keyboard.follow('我要提意见');
    await keyboard.into('[name="text"]');
    await keyboard.type('用键盘写下的意见：建议简化申请材料。');
    await keyboard.press('提交意见');
    expect(await keyboard.heading()).toContain('意见回执');
    await keyboard.close();
  });

  chapter('is commented on, answered and revised', postOpinions, answerAll, async (told) => {
    await answerOne(told, '用键盘写下的意见', { disposition: 'noted', reason: '申请材料已减到两件。' });
  }, publishAnswers, reviseAsPromised);
  chapter('is reviewed, approved and published', reviewAndDeliberate, approve, writeInterpretation, publishWithInterpretation, compareVersions);
  chapter('gives money', applyForMoney, drawAndScore, decideAndGiveNotice, hearObjection, award, pay);
  chapter('is evaluated and abolished', evaluate, abolish);
});
