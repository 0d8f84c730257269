import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentFolder } from './content/text';
import type { OtherPolicyContent, PictureContent } from './content';

/** The picture of one of the shorter policies: its title and its three points, as `scripts/render-cards.mjs` drew it; none where it was not drawn. */
export function cardOf(policy: OtherPolicyContent): PictureContent[] {
  const file = join(contentFolder, 'picture', `card-${policy.key}.png`);
  if (!existsSync(file)) return [];
  return [{
    file, title: `一图读懂：${policy.title}`, clauseIds: ['art_2', 'art_3'], read: () => readFileSync(file),
    alt: [`《${policy.title}》一图读懂。`, policy.summary, policy.interpretation ?? '', '虚构的演示城市。以政策文本为准。'].join('\n'),
  }];
}
