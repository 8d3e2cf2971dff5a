import { expect, it } from 'vitest';
import { partyFacts, UNIT } from '../testing/deps.ts';
import { sample } from '../testing/index.ts';
import { filed, law, must, start } from '../testing/pure-case.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { actsOf, factsOf, type PaperFacts } from './paper-facts.ts';

const of = (after: PenaltyCase): PaperFacts => ({ after, party: partyFacts(UNIT), deps: { law } }) as unknown as PaperFacts;
const lead = law.narratives().lead.zh.trim();
/** The case as filed, its facts ending with how the matter came to light. */
function withLead(): PenaltyCase {
  const state = filed();
  if (state.filing === undefined) throw new Error('not filed');
  return { ...state, filing: { ...state.filing, facts: `${state.filing.facts}\n${lead}` } };
}

it('现场检查以后、调查报告以前作出的文书，写明执法人员查明的行为，不再只有数据和线索来源；没有检查、询问的照立案时所写', () => {
  const before = withLead();
  expect(factsOf(of(before))).toContain(lead);
  const onSite = must({ ...before, mode: 'ONSITE' }, sample('RECORD_SITE_INSPECTION', start), start);
  const told = factsOf(of(onSite));
  expect(told).toContain('脱硝系统未正常运行');
  expect(told).toContain(before.filing?.facts.split('\n')[0]);
  expect(told).not.toContain(lead);
});

it('调查报告写了线索来源的，报告以后的文书照写，移送公安机关的不写', () => {
  const state = withLead();
  const reported = { ...state, report: { kind: 'FINISH_INVESTIGATION', facts: `修改了斜率。\n${lead}` } } as unknown as PenaltyCase;
  expect(factsOf(of(reported))).toContain(lead);
  expect(actsOf(of(reported))).toBe('修改了斜率。');
});
