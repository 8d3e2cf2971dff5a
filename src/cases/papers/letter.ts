import type { CalendarDay } from '#kernel';
import { transitionOf } from '../transitions/transitions.ts';
import * as f from './paper-facts.ts';

interface Part {
  readonly title: string;
  readonly text: string;
}
interface Letter {
  /** Its own name, where that of the kind holds two. */
  readonly title?: string;
  /** A court or another authority; left out, the letter goes to the party. */
  readonly to?: string;
  readonly paragraphs: readonly string[];
  readonly sections?: readonly Part[];
  readonly amount?: number;
  readonly schedule?: readonly { readonly dueOn: string; readonly amount: string }[];
  /** The head of the authority, where the law wants his signature beside the seal. */
  readonly signer?: ReturnType<typeof f.person>;
  /** The officers, where they sign beside the seal (行政处罚法 第五十二条). */
  readonly officers?: true;
  /** What the party is called in it; 当事人 where nothing is said. */
  readonly partyAs?: string;
  /** The letter decides something: how to object is printed, the court only after the reconsideration where the law says so. */
  readonly decides?: 'EITHER' | 'RECONSIDERATION_FIRST';
}
interface Provision {
  readonly instrument: string;
  readonly article: string;
}

export const APL = '中华人民共和国行政处罚法';
export const AEL = '中华人民共和国行政强制法';
/** Provisions of one instrument; without an article at hand, the instrument alone. */
export const basis = (instrument: string, ...articles: readonly string[]): Provision[] => (articles.length === 0 ? [''] : articles).map((article) => ({ instrument, article }));

/** Data of a letter of the authority to the party, or about it to somebody else. */
export const letter = (facts: f.PaperFacts, law: readonly Provision[], l: Letter) => ({
  ...(l.title === undefined ? {} : { title: l.title }),
  ...(l.to === undefined ? {} : { to: l.to }),
  ...(l.partyAs === undefined ? {} : { partyAs: l.partyAs }),
  party: f.partyBlock(facts),
  paragraphs: l.paragraphs,
  sections: l.sections ?? [],
  basis: law,
  ...(l.amount === undefined || l.amount === 0 ? {} : { amount: String(l.amount) }),
  schedule: l.schedule ?? [],
  ...(l.decides === undefined ? {} : { remedies: f.remediesOf(facts, l.decides === 'RECONSIDERATION_FIRST'), ...f.fileOf(facts) }),
  ...(l.signer === undefined ? {} : { signer: l.signer }),
  ...(l.officers === true ? { officers: f.officers(facts) } : {}),
  contact: f.contactOf(facts),
});

/** As whom the person who takes a step signs its form, by what he was allowed. */
const SIGNS_AS: Readonly<Record<string, string>> = {
  'case.approve-filing': '负责人审批', 'case.approve-notice': '负责人审批', 'case.approve-measure': '负责人审批', 'case.approve-closing': '负责人审批', 'case.decide': '负责人审批', 'case.deliberate': '负责人审批',
  'case.endorse-filing': '部门负责人意见', 'case.legal-review': '法制机构意见', 'case.host-hearing': '听证主持人意见', 'case.register-payment': '登记人', SYSTEM: '记录',
  'case.file': '承办人意见', 'case.investigate': '承办人意见', 'case.measure': '承办人意见', 'case.notify': '承办人意见', 'case.close': '承办人意见',
};

/** Data of an inner form: labelled rows and the opinion of whoever took the step. */
export const form = (facts: f.PaperFacts, law: readonly Provision[], rows: readonly (readonly [string, string])[], opinion: string) => ({
  cause: f.causeOf(facts),
  unit: facts.party.name,
  rows: rows.map(([label, text]) => ({ label, text: text === '' ? '/' : text })),
  basis: law,
  opinions: [{ role: SIGNS_AS[transitionOf(facts.event.command.kind).actor] ?? '办理人意见', opinion, ...f.person(facts.event.actor, facts.event.at) }],
});

/** The same, signed by hand by others too. */
export const signedBy = <T extends object>(signatures: readonly string[], paper: T) => ({ ...paper, signatures });

/** A moment as papers print it, China time. */
export { formatMoment as moment } from '#documents';
export const dayText = (day: CalendarDay | undefined): string => (day === undefined ? '/' : f.chineseDay(day));

/** A provision somebody wrote down as a name and an article, as papers print it: `环境保护法 第六十三条` → 《环境保护法》第六十三条. */
export const cited = (text: string): string => text.split('；').map((one) => one.trim().replace(/^([^《》\s]+)\s+(第.*)$/u, '《$1》$2')).join('；');

/** The words of a code of this closed list. */
export const ground = (facts: f.PaperFacts, list: string, code: string): string =>
  facts.deps.law.codes(list).codes.find((c) => c.code === code)?.title.zh ?? code;
