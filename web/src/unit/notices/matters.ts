import type { Text } from '../../shared/i18n.tsx';
import { useCases, useOpenSheets, useSuspicions } from '../parts/queries.ts';
import type { Notice } from '../shapes.ts';

/** What a paper is about, from the lists the unit has of its own matters; undefined where none of them tells. */
export function useMatters(): (notice: Pick<Notice, 'subjectKind' | 'subjectId'>) => Text | undefined {
  const sheets = useOpenSheets();
  const suspicions = useSuspicions();
  const cases = useCases();
  return ({ subjectKind, subjectId }) => {
    if (subjectKind === 'sheet') {
      const sheet = sheets.data?.items.find((one) => one.sheetId === subjectId);
      return sheet && { zh: `${sheet.outfallName}：${sheet.sentence.zh}`, en: `${sheet.outfallName}: ${sheet.sentence.en}` };
    }
    if (subjectKind === 'clue') return suspicions.data?.items.find((one) => one.clueId === subjectId)?.facts;
    const own = subjectKind === 'case' ? cases.data?.items.find((one) => one.caseId === subjectId) : undefined;
    return own && { zh: ['案件', own.caseNo, own.cause].filter(Boolean).join(' '), en: ['case', own.caseNo, own.causeEn].filter(Boolean).join(' ') };
  };
}
