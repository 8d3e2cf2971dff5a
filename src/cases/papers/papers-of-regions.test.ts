import { describe, expect, it } from 'vitest';
import { demoPlace } from '#access';
import { asId, calendarDay, type RegionKey } from '#kernel';
import { filingClocks } from '../clocks/open-clock.ts';
import { applyEvent } from '../fold.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { partyFacts, UNIT } from '../testing/deps.ts';
import { everyPaper } from '../testing/every-paper.ts';
import { law } from '../testing/pure-case.ts';
import { deliveredBy } from '../testing/recorded-delivery.ts';
import { paperData } from './paper-data.ts';

const owed = everyPaper();
const provinces = law.data.regions.filter(({ level }) => level === 'PROVINCE');
const portalOf = (key: string): string => law.valueAt('delivery.portalName', asId<RegionKey>(key), calendarDay('2026-11-30')).value;
/** What only an authority of that region may name. */
const namesOf = ({ key, measures }: (typeof provinces)[number]): string[] => [measures.title.zh, ...measures.cited, portalOf(key)];
/** What a step was modelled on is named as such (参照) and is no basis. */
const MODELLED = /\{"instrument":"[^"]*","article":"[^"]*（参照）"\}/gu;

/** The case as the region of its authority would have it, with that region's terms. */
const caseIn = (before: PenaltyCase, region: RegionKey): PenaltyCase => {
  const opened = filingClocks(law, { region, handedOverAt: before.handedOverAt });
  return { ...before, region, running: { ...before.running, ...Object.fromEntries(opened.filter(({ clock }) => clock in before.running).map((term) => [term.clock, term])) } };
};

describe('每种办案文书只引本地区的规定和国家法律', () => {
  it.each(provinces.map((province) => [province.key, province] as const))('%s', (key, province) => {
    const region = asId<RegionKey>(key);
    const { city, authorities } = demoPlace(key);
    const home = authorities.find(({ authorityId }) => authorityId === city);
    const authority = {
      authorityId: city, region, name: home?.nameZh ?? '', docPrefix: home?.docPrefix ?? '', address: '演示路', phone: '0', unnamed: [],
      reconsiderationBody: { zh: '人民政府', en: 'government' }, court: { zh: '法院', en: 'court' }, payee: { zh: '指定银行', en: 'the bank named' },
    };
    const foreign = provinces.filter((one) => one !== province).flatMap(namesOf).filter((name) => !namesOf(province).includes(name));
    const found = [...owed].flatMap(([kind, { before, event }]) => {
      const there = caseIn(before, region);
      const facts = { before: there, after: applyEvent(there, event), event, party: partyFacts(UNIT), authority, outfallName: '', delivered: deliveredBy(event), deps: { law } };
      const text = JSON.stringify(paperData(kind, facts)).replace(MODELLED, '');
      return foreign.filter((name) => text.includes(name)).map((name) => `${kind}: ${name}`);
    });
    expect(found).toEqual([]);
    expect(owed.size).toBeGreaterThan(100);
  });
});
