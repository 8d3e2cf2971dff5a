import type { CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { STATE_TITLES } from '../states.ts';
import { basis, form, signedBy } from './letter.ts';
import { DOSSIER_SECTIONS, paperEntry, type PaperKind } from './paper-kinds.ts';
import { restsOn } from './measure-papers.ts';
import * as f from './paper-facts.ts';

/**
 * What goes to the police beside the letter (移送规定 第六条; 行刑衔接办法 第六条; 行政拘留移送办法): report and list of goods, made with the letter, the papers and
 * files that lie in the case, and the reviewed data as frozen. Pages of paper; what is a file has none.
 */
const RULE = '行政执法机关移送涉嫌犯罪案件的规定';

/** Steps by which things are registered, with the list that names them and the track that says what became of them. */
const REGISTERED = [
  ['CARRY_OUT_PRESERVATION', 'PRESERVATION_LIST', 'preservation'], ['PRESERVE_URGENTLY', 'PRESERVATION_LIST', 'preservation'],
  ['CARRY_OUT_SEALING', 'SEALING_LIST', 'sealing'], ['SEAL_URGENTLY', 'SEALING_LIST', 'sealing'],
] as const satisfies readonly (readonly [CommandKind, PaperKind, keyof PenaltyCase])[];

const thingText = ({ item, model, serial, quantity, place, relation }: CommandOf<'CARRY_OUT_SEALING'>['things'][number]): string =>
  [item, ...(model === '' ? [] : [`型号 ${model}`]), ...(serial === '' ? [] : [`编号 ${serial}`]), `数量 ${quantity}`, `存放 ${place}`, `与案件的关系：${relation}`].join('，');

const NO_GOODS = '无。本案没有先行登记保存、查封、扣押的物品。';

/** Things that a record of preservation or sealing names, each with its list and what became of it; nothing that nobody took. */
export function goodsRows(state: PenaltyCase): (readonly [string, string])[] {
  const rows = REGISTERED.flatMap(([step, list, track]) => {
    const taken = state.latest[step];
    if (taken === undefined) return [];
    const numbers = state.papers.filter(({ kind }) => kind === list).map(({ title, number }) => `《${title}》${number}`).join('、');
    return taken.command.things.map((thing) => `${thingText(thing)}；来源：${numbers}；现状：${STATE_TITLES[state[track]].zh}`);
  });
  return rows.length === 0 ? [['涉案物品', NO_GOODS]] : rows.map((text, i) => [`涉案物品 ${i + 1}`, text] as const);
}

/** 涉案物品清单. */
export const transferGoods = (facts: f.PaperFacts) =>
  signedBy(['移送人', '接收人'], form(facts, facts.event.command.kind === 'SEND_DETENTION' ? basis('行政主管部门移送适用行政拘留环境违法案件暂行办法') : basis(RULE, '第六条'), goodsRows(facts.before), '按先行登记保存、查封、扣押的清单填写。'));

/** What officers recorded themselves: the only source of how the matter was discovered at the place. */
const recordsOf = ({ papers }: PenaltyCase) => papers.filter(({ kind }) => kind === 'SITE_INSPECTION_RECORD' || kind === 'REMOTE_INQUIRY_RECORD' || kind === 'SAMPLING_RECORD');

/** 涉嫌犯罪案件调查报告: source, discovery, suspects, facts, evidence, law, proposal (行刑衔接办法 第六条第二项). */
export function transferReport(facts: f.PaperFacts) {
  const { before, party } = facts;
  const asked = restsOn(facts, 'PROPOSE_TRANSFER').command;
  const broken = f.provisions(facts).broken.map(({ instrument, article }) => `《${instrument}》${article}`).join('、');
  const people = before.course.flatMap((step) => (step.kind === 'RECORD_INQUIRY' ? [`${step.asked.name}（${step.asked.role}，被询问人）`] : []));
  return signedBy(f.officers(facts).map(({ name, certificate }) => `调查人员 ${name}（${certificate}）`), form(facts, basis(RULE, '第六条'), [
    ['案件来源', f.sourceOf(before)],
    ['查获情况', recordsOf(before).map(({ title, number }) => `《${title}》${number}`).join('、')],
    ['犯罪嫌疑人基本情况', [[party.name, party.person?.idNumber ?? party.creditCode, party.address, party.legalRepresentative].filter((one) => one !== '').join('，'), ...new Set(people)].join('；')],
    ['涉嫌犯罪的事实', f.actsOf(facts)],
    ['证据', f.evidenceList(facts).map(({ name, proves }, i) => `${i + 1}. ${name}：${proves}`).join('\n')],
    ['法律依据', [broken === '' ? '' : `违反${broken}`, asked.reason].filter((one) => one !== '').join('；')],
    ['处理建议', `以涉嫌${asked.suspectedCrime}移送公安机关。`],
  ], '调查情况如上，随案移送。'));
}

interface Enclosure {
  readonly material: string;
  readonly pages?: number;
}

const MADE_HERE: readonly PaperKind[] = ['TRANSFER_REPORT', 'TRANSFER_GOODS'];

/**
 * The list of the letter, exactly what is enclosed: papers of the main volume by title and number, files and the frozen package by digest. Opinions within the
 * authority stay where they are; further papers are those an officer names.
 */
export function enclosures(facts: f.PaperFacts, further: readonly Enclosure[]): Enclosure[] {
  const { before, event, made = [] } = facts;
  const { frozen } = event.derived;
  const fresh = event.owes.filter((kind) => MADE_HERE.includes(kind)).map((kind): Enclosure => {
    const paper = made.find((one) => one.kind === kind);
    return paper === undefined ? { material: paperEntry(kind).zh } : { material: `${paper.title} ${paper.number}`, pages: paper.pages };
  });
  const main = before.papers.filter(({ kind }) => DOSSIER_SECTIONS[paperEntry(kind).section].volume === 'MAIN' && !MADE_HERE.includes(kind));
  const files = before.evidence.flatMap(({ title, source }) => (source.from === 'FILE' ? [{ material: `${title}（电子文件，SHA-256 ${source.sha256}）` }] : []));
  const data = [...new Set(before.evidence.flatMap(({ title, source }) => (source.from === 'REVIEWED_DATA' ? [title] : [])))];
  return [
    ...fresh,
    ...main.map(({ title, number, pages }) => ({ material: `${title} ${number}`.trim(), pages })),
    ...files,
    ...(data.length === 0 ? [] : [{ material: `经审核的数据：${data.join('、')}${frozen === undefined ? '' : `（原始报文和数据在移送前封存的案卷证据包，电子存证第 ${frozen.leaf} 号，清单 SHA-256 ${frozen.manifestSha256}）`}` }]),
    ...further,
  ];
}
