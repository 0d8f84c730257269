import { passagesIn } from './passages';

const LETTER = '建议八点以后免费停放，并把机关大院的车位向居民开放。';

describe('passagesIn', () => {
  it('finds what a changed letter kept, as it stands there', () => {
    expect(passagesIn('您好！我家有两个孩子。建议八点以后免费停放，谢谢。', [LETTER], 3)).toEqual(['建议八点以后免费停放']);
    expect(passagesIn('建议、八点 以后“免费停放”！', [LETTER], 3)).toEqual(['建议、八点 以后“免费停放']);
  });

  it('finds each passage where words of one\'s own stand between', () => {
    expect(passagesIn('车位向居民开放，而且最好马上就办，建议八点以后', ['并把机关大院的车位向居民开放', '建议八点以后免费停放'], 3)).toEqual(['车位向居民开放', '建议八点以后']);
  });

  it('finds nothing in strange words, nor without passages', () => {
    expect(passagesIn('请把公园的长椅修一修。', [LETTER], 3)).toEqual([]);
    expect(passagesIn(LETTER, [], 3)).toEqual([]);
    expect(passagesIn('', [LETTER], 3)).toEqual([]);
  });
});
