import { dayOf } from '#kernel';
import type { CommandOf } from '../commands/index.ts';
import type { PaperKind } from './paper-kinds.ts';
import { samplingOf, type Sampling } from '../evidence/samplings.ts';
import { basis, dayText, form, letter } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const TOLD = basis('生态环境行政处罚办法', '第二十九条');
type AtThePlace = CommandOf<'RECORD_SITE_INSPECTION'> | CommandOf<'RECORD_SAMPLING'>;

/** Who signed; where the party refused or was not there, why and who bears witness. */
export function signatureText(c: Pick<AtThePlace, 'partyPresent' | 'partyName' | 'signed' | 'refusal' | 'witness'>): string {
  if (!c.partyPresent) return `当事人未到场${c.refusal === '' ? '' : `（${c.refusal}）`}，由见证人${c.witness}签名；两名执法人员签名。`;
  return c.signed ? `当事人（${c.partyName}）核对无误后签名。` : `当事人（${c.partyName}）拒绝签名：${c.refusal}。由见证人${c.witness}签名，两名执法人员注明并签名。`;
}

const atThePlace = (facts: f.PaperFacts, c: AtThePlace) => ({
  cause: f.causeOf(facts),
  party: f.partyBlock(facts),
  startedAt: c.takenAt,
  endedAt: c.endedAt,
  place: c.place,
  present: c.partyPresent ? `${c.partyRole}${c.partyName}到场` : '当事人未到场',
  witness: c.witness,
  toldRights: c.toldRights,
  statement: c.statement,
  recordingId: c.recordingId,
  signature: signatureText(c),
  officers: f.officers(facts),
});

/** The sampling a step is about; without it the table would not have let the step through. */
function about({ after }: f.PaperFacts, samplingId: string): Sampling & { report: NonNullable<Sampling['report']> } {
  const sampling = samplingOf(after, samplingId);
  if (sampling?.report === undefined) throw new Error(`cases: no report on sampling ${samplingId}`);
  return { ...sampling, report: sampling.report };
}

/** Data of the records of the place and of what the laboratory found (D8, D10, D11). */
export const sitePapers = {
  SITE_INSPECTION_RECORD: (facts) => {
    const c = command(facts, 'RECORD_SITE_INSPECTION');
    const { production, formalities, treatment, found, photos } = c;
    const people = f.officers(facts);
    return { ...atThePlace(facts, c), production, formalities, treatment, found, photos, recorder: people[1] ?? f.person(facts.event.actor, facts.event.at) };
  },
  SAMPLING_RECORD: (facts) => {
    const c = command(facts, 'RECORD_SAMPLING');
    const { laboratory, samplers, spot, items, method, instrument, samples } = c;
    return { ...atThePlace(facts, c), laboratory, samplers, spot, items, method, instrument, samples };
  },
  TEST_REPORT_RECEIPT: (facts) => {
    const c = command(facts, 'RECEIVE_TEST_REPORT');
    const { spot, items, takenOn } = about(facts, c.samplingId);
    return form(facts, TOLD, [
      ['采样', `${dayText(takenOn)}，${spot}，${items}`],
      ['监测（检测）机构', `${c.laboratory}（资质认定 ${c.qualification}）`],
      ['报告编号', c.reportNo],
      ['委托单位', c.client === '' ? facts.authority.name : c.client],
      ['监测（检测）方法和仪器', c.method],
      ['签名和印章', c.signatures],
      ['签发、收到日期', `${dayText(c.issuedOn)}签发，${dayText(c.receivedOn)}收到`],
      ['结果', `${c.result}${c.exceeds ? '（超过标准或者许可限值）' : '（未超过标准和许可限值）'}`],
      ['报告校验值', `SHA-256 ${c.report.sha256}`],
    ], '报告所载点位、时间、项目与采样记录核对一致，收入卷内，并告知当事人。');
  },
  TEST_RESULT_NOTICE: (facts) => {
    const c = command(facts, 'TELL_TEST_RESULT');
    const { spot, items, takenOn, report } = about(facts, c.samplingId);
    const { n } = facts.deps.law.clock('TM', facts.after.region, dayOf(facts.event.at));
    return letter(facts, TOLD, {
      paragraphs: [`我局于${dayText(takenOn)}在你单位${spot}采集样品（${items}），${report.laboratory}已出具监测（检测）报告（${report.reportNo}），现将结果告知你单位。`],
      sections: [
        { title: '结果', text: report.result },
        { title: '异议', text: `你单位对结果有异议的，可以自收到本告知书之日起${n}个工作日内通过企业端或者书面提出，说明理由，也可以要求重新监测；我局将予以核实并书面答复。` },
        ...(c.note === '' ? [] : [{ title: '说明', text: c.note }]),
      ],
    });
  },
  TEST_RESULT_ANSWER: (facts) => {
    const c = command(facts, 'ANSWER_RESULT_COMMENT');
    const { report, comment } = about(facts, c.samplingId);
    return letter(facts, TOLD, {
      paragraphs: [`你单位对监测（检测）结果（${report.reportNo}）提出的异议收悉，经核实，答复如下。`],
      sections: [
        { title: '异议', text: `${comment?.statement ?? '/'}${comment?.asksRetest === true ? '（要求重新监测）' : ''}` },
        { title: '答复', text: `${c.accepted ? '异议成立。' : '异议不成立。'}${c.answer}` },
        { title: '是否重新监测', text: c.retest ? '决定重新采样监测，时间另行通知。' : '不重新监测。' },
      ],
    });
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;

/** Letters sealed on the strength of the step that sends them. */
export const SITE_LETTERS: readonly PaperKind[] = ['TEST_RESULT_NOTICE', 'TEST_RESULT_ANSWER'];

/** Records the party signed at the place: from then on it knows of the case. */
export const SIGNED_AT_THE_PLACE: readonly PaperKind[] = ['SITE_INSPECTION_RECORD', 'SAMPLING_RECORD'];
