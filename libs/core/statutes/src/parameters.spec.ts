import { DomainError } from '@platform/kernel';
import { mayBlock, parameter, PARAMETERS, type Parameter } from './index';

const IDS = `cal nrd.legal_review nrd.consult.market nrd.consult.other nrd.market nrd.unified nrd.validity nrd.cleanup nrd.effect_delay doc.no mad.consult mad.hearing
  mad.expert mad.risk mad.legal_review mad.meeting mad.posteval fcr interp open.proactive open.catalogue foi.received foi.correct foi.reply foi.third_party foi.coproducer
  foi.outcomes foi.fee foi.annual fund.draw fund.recuse fund.draw_time fund.publicity village site.veto a11y errors layout mlps3 pi`.split(/\s+/);

describe('statutory parameters', () => {
  it('are all there, each with a citation in both languages', () => {
    expect(IDS.filter((id) => parameter(id, '2026-06-01').id !== id)).toEqual([]);
    for (const { id, source } of PARAMETERS) expect([id, /\p{Script=Han}|GB/u.test(source.zh), /[a-z]/i.test(source.en), /[§\p{Script=Han}]/u.test(source.en)]).toEqual([id, true, true, false]);
  });

  it('have versions that never overlap', () => {
    const all: readonly Parameter[] = PARAMETERS;
    for (const one of all) {
      expect(one.to === null || one.from <= one.to).toBe(true);
      const rivals = all.filter((other) => other !== one && other.id === one.id && other.from <= (one.to ?? '9999-12-31') && one.from <= (other.to ?? '9999-12-31'));
      expect(rivals).toEqual([]);
    }
  });

  it('give the version in force on the day, to the day', () => {
    expect(parameter('cal', '2024-12-31').value.statutory).toBe(11);
    expect(parameter('cal', '2025-01-01').value.statutory).toBe(13);
    expect(parameter('nrd.consult.market', '2026-03-01')).toMatchObject({ value: { min: 30 }, unit: 'cd', source: { zh: '《优化营商环境条例》第六十二条' } });
    expect(parameter('foi.reply', '2026-03-01').value.days).toBe(20);
  });

  it.each([
    ['fcr', '2024-07-31'],
    ['no.such', '2026-01-01'],
  ])('refuse %s on %s', (id, on) => {
    expect(() => parameter(id, on)).toThrow(expect.objectContaining({ key: 'statutes:error.noParameter', details: expect.objectContaining({ params: { id, on } }) }));
    expect(() => parameter(id, '2026-02-30')).toThrow(DomainError);
  });

  it('block when read, only warn when from memory', () => {
    expect(mayBlock(parameter('mad.risk', '2026-01-01'))).toBe(true);
    expect(mayBlock(parameter('nrd.consult.other', '2026-01-01'))).toBe(true);
    expect(mayBlock(parameter('nrd.legal_review', '2026-01-01'))).toBe(false);
  });
});
