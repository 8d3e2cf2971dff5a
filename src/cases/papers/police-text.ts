import { dayOf } from '#kernel';
import { dutiesOf, dutyText } from '../measures/duties.ts';
import * as f from './paper-facts.ts';

/** How a case came back from police, prosecutor or court. */
export const ENDED = { WITHDRAWN: '公安机关撤销案件', NOT_PROSECUTED: '人民检察院决定不起诉', EXEMPTED: '人民法院判决免予刑事处罚', ACQUITTED: '人民法院判决无罪' } as const;

/** A criminal transfer that came back: when and by which paper it went out, and on what the administrative procedure goes on (行政处罚法 第二十七条). */
function criminal({ before }: f.PaperFacts): string[] {
  const { SEND_TRANSFER: sent, RECORD_NO_PUNISHMENT: ended, RECORD_POLICE_REFUSED: refused } = before.latest;
  const letter = before.papers.findLast(({ kind }) => kind === 'TRANSFER_LETTER');
  if (sent === undefined || letter === undefined) return [];
  const since = [ended, refused].filter((step) => step !== undefined && step.version > sent.version);
  const answer = since.map((step) => (step?.command.kind === 'RECORD_NO_PUNISHMENT' ? ENDED[step.command.outcome] : '公安机关决定不予立案') + (step === undefined ? '' : `（${step.command.reference}）`))[0];
  return [`本案曾因涉嫌犯罪，由我局于${f.chineseDay(dayOf(sent.at))}以《${letter.title}》（${letter.number}）移送公安机关。${answer === undefined ? '' : `${answer}，依法恢复行政处罚程序。`}`];
}

/** What notice and decision say of the police: a criminal transfer that was made, and the transfer for detention that was made or is due. */
export const policeText = (facts: f.PaperFacts): string[] => [
  ...criminal(facts),
  ...dutiesOf(facts.after, facts.deps.law, facts.event.at).filter(({ duty }) => duty === 'DETENTION_TRANSFER').map((one) => `${dutyText(one)}。`),
];
