import { toMinuteText, type Instant } from '#kernel';
import type { PrecheckInput } from '../facts/precheck.ts';
import type { Material } from '../clue/materials.ts';
import { OUTSIDE_PAPERS } from './outside-papers.ts';

/** What shows a person's finding: records of the review, as `CheckItem.refs` names them, and files handed in with it. */
export interface Shown {
  readonly refs: readonly string[];
  readonly files: readonly Material[];
}

/** Records of the platform that an item was looked at in, by the word before the colon of `CheckItem.refs`. */
const RECORDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  unit: { zh: '排污单位档案', en: 'register of the unit' }, outfall: { zh: '排放口档案', en: 'register of the outfall' }, mn: { zh: '原始报文', en: 'raw frames' },
  leaf: { zh: '存证叶', en: 'evidence leaves' }, mark: { zh: '数据标记', en: 'mark' }, sheet: { zh: '监督单反馈', en: 'answer to the sheet' },
  sha256: { zh: '材料', en: 'file' }, calibration: { zh: '校准记录', en: 'record of calibration' },
};

/** A record as people know it: its title with number and time, never what the platform keeps it by. */
function recordWords({ marks, answers, materials, videos }: PrecheckInput, ref: string, language: 'zh' | 'en'): string {
  const [kind, id] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
  const title = RECORDS[kind]?.[language] ?? '';
  const bracketed = (text: string) => (language === 'zh' ? `${title}（${text}）` : `${title} (${text})`);
  const span = (from: Instant, to: Instant) => `${toMinuteText(from)}${{ zh: ' 至 ', en: ' to ' }[language]}${toMinuteText(to)}`;
  switch (kind) {
    case 'mark': {
      const mark = marks?.find((one) => one.id === id);
      return mark === undefined ? title : bracketed(language === 'zh' ? `${mark.kind}，${span(mark.start, mark.end)}` : span(mark.start, mark.end));
    }
    case 'sheet': {
      const times = answers.filter((one) => one.sheetId === id).map((one) => `${one.sheetNo ?? ''} ${toMinuteText(one.at)}`.trim());
      return times.length === 0 ? title : bracketed(times.join(language === 'zh' ? '、' : ', '));
    }
    case 'sha256': {
      const clip = videos?.find((one) => one.sha256 === id);
      const material = materials.find((one) => one.sha256 === id);
      return material !== undefined ? fileWords(material, language) : (clip === undefined ? title : bracketed(`${clip.camera} ${toMinuteText(clip.start)}`));
    }
    default:
      return `${title} ${id}`.trim();
  }
}

/** A file by its name, with its kind and who issued it where they were named. */
function fileWords({ name, kind, issuer }: Material, language: 'zh' | 'en'): string {
  if (kind === undefined || issuer === undefined) return name;
  const what = OUTSIDE_PAPERS[kind][language];
  return language === 'zh' ? `${name}（${what}，${issuer}出具）` : `${name} (${what}, issued by ${issuer})`;
}

/** What shows a finding, in words. */
export const shownBy = (input: PrecheckInput, { refs, files }: Shown, language: 'zh' | 'en'): string =>
  [...new Set([...refs.map((ref) => recordWords(input, ref, language)), ...files.map((file) => fileWords(file, language))])].join(language === 'zh' ? '、' : ', ');
