import { PDF } from '@libpdf/core';
import { DEMO_REGION } from '#access';
import { documentKinds, layOut, type RenderedDocument } from '#documents';
import { asId, isRefusal, type Instant } from '#kernel';
import type { StepEvent } from '../case-event.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import { applyEvent } from '../fold.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import { paperData } from '../papers/paper-data.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { partyFacts, UNIT } from './deps.ts';
import { act, law } from './pure-case.ts';
import { deliveredBy } from './recorded-delivery.ts';
import { sample } from './sample-commands.ts';

const authority = {
  authorityId: asId<PenaltyCase['authorityId']>('A1'), region: DEMO_REGION, name: '清川市生态环境局', docPrefix: '苏清环', address: '演示路', phone: '0', reconsiderationBody: { zh: '清川市人民政府', en: 'Qingchuan government' }, court: { zh: '清川法院', en: 'Qingchuan court' }, payee: { zh: '指定银行', en: 'the bank named' }, unnamed: [],
};

/** A paper as laid out from the facts of the file. */
export interface LaidOutPaper {
  readonly data: object;
  readonly document: RenderedDocument;
}

/** The paper a taken step owes, through the real layout. Throws when it cannot be laid out. */
export function layOutPaper(before: PenaltyCase, event: StepEvent, kind: PaperKind): LaidOutPaper {
  const data = paperData(kind, { before, after: applyEvent(before, event), event, party: partyFacts(UNIT), authority, outfallName: '', delivered: deliveredBy(event), deps: { law } });
  const laidOut = layOut(kind, data, { authority: authority.name, number: '示1' }, event.at);
  if (isRefusal(laidOut)) throw new Error(`${kind}: ${laidOut.zh}`);
  if (laidOut.value.pages === 0) throw new Error(`${kind} has no page`);
  return { data, document: laidOut.value };
}

/** What stands on the pages in the order it was set, cell by cell, without spaces: lines break where the layout wants. */
export async function textOfPages({ pdf }: Pick<RenderedDocument, 'pdf'>): Promise<string> {
  const file = await PDF.load(pdf);
  const set = file.getPages().flatMap((page) =>
    page.extractText().lines.flatMap((line) => line.spans.flatMap((span) => span.chars)).toSorted((a, b) => (a.sequenceIndex ?? 0) - (b.sequenceIndex ?? 0)),
  );
  return set.map(({ char }) => char).join('').replace(/[\s\u200b]/g, '');
}

/** The paper a step owes, from the facts of the file, through the real layout. Throws when the step owes none or it cannot be laid out. */
export function paperOf(before: PenaltyCase, kind: PaperKind, step: CommandKind, now: Instant, more: Partial<CaseCommand> = {}) {
  const decided = act(before, { ...sample(step, now, before), ...more } as CaseCommand, now);
  if (isRefusal(decided)) throw new Error(decided.zh);
  if (!decided.value.owes.includes(kind)) throw new Error(`${step} owes no ${kind}`);
  const { data, document } = layOutPaper(before, decided.value, kind);
  return { text: JSON.stringify(data), document, data: data as { to?: string; basis: readonly { article: string }[]; amount?: string; signer?: { name: string } }, sealed: documentKinds[kind].sealed };
}
