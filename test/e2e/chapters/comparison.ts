import { type Story, taken } from '../support/story';

/** The two drafts beside each other, and the opinion between them: for the staff, and for everybody once the text is out. */
export async function compareVersions(story: Story): Promise<void> {
  const { town } = story;
  const [drafter, reader] = [await town.staff('drafter'), town.anonymous()];
  for (const [seat, path] of [[drafter, story.policy], [reader, story.publicPolicy]] as const) {
    await seat.open(`${path}/compare`);
    taken(seat, '共 2 处改动');
    expect(seat.page.html).toMatch(/<ins>.*五.*<\/ins>/);
    await seat.open(`${path}/three-columns`);
    taken(seat, '采纳，提高到百分之十五。');
    expect(seat.page.text).toContain('更新设备投入大');
    expect(seat.page.html).toMatch(/<ins>.*五.*<\/ins>/);
  }
  // Who said it is not on the page of the public, nor what was said by name.
  expect(reader.page.text).not.toContain('enterprise-1');
  await reader.open(story.publicPolicy);
  await reader.click('对比公开过的文稿');
  taken(reader, '第 2 稿');
}
