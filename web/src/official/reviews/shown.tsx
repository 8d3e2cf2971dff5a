import { Form, Select, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Material } from '../../shared/materials.tsx';
import type { CheckItem, Outcome, ReviewView } from '../shapes.ts';
import { IssuedItem, withIssuer, type Issued } from './issued.tsx';

const TEXT = {
  shown: { zh: '证明的记录或者文件：{item}', en: 'Shown by: {item}' },
  hint: { zh: '从本次审核的记录和文件中选择', en: 'Choose among records and files of this review' },
  figures: { zh: '说明中须回应程序给出的数值：{figures}', en: 'Answer in your words what the program counted: {figures}' },
  outside: { zh: '推翻“不符合”须有审核人以外的来源：选择在案材料、单位反馈，或者为提交的文件写明种类和出具单位', en: 'Overruling “not met” needs evidence from outside: choose a file or answer that lay there before, or name kind and issuer of what you hand in' },
  absent: { zh: '没有记录的不能认定符合：须由他人补充，补充的材料写明种类和出具单位', en: 'What has no record cannot be met until somebody else has supplied it, with its kind and issuer' },
  must: { zh: '程序不认定符合的，须指明证明的记录或者文件', en: 'The program did not find it met: name what shows it' },
} as const satisfies Record<string, Text>;

const RECORDS: Readonly<Record<string, Text>> = {
  unit: { zh: '排污单位档案', en: 'Register of the unit' }, outfall: { zh: '排放口档案', en: 'Register of the outfall' }, mn: { zh: '原始报文', en: 'Raw frames' },
  leaf: { zh: '存证叶', en: 'Evidence leaves' }, mark: { zh: '数据标记', en: 'Mark' }, sheet: { zh: '监督单反馈', en: 'Answer to the sheet' },
  sha256: { zh: '材料', en: 'File' }, calibration: { zh: '校准记录', en: 'Record of calibration' },
};

const fileRef = ({ sha256 }: Material): string => `sha256:${sha256}`;

/** What a finding is sent with: records as the program names them, files by name and digest. */
export function shownOf(chosen: readonly string[] = [], files: readonly Material[] = [], issued?: Issued): { refs: string[]; files: ReturnType<typeof withIssuer> } {
  const own = new Map(withIssuer(files, issued).map((file) => [fileRef(file), file]));
  return { refs: chosen.filter((ref) => !own.has(ref)), files: chosen.flatMap((ref) => own.get(ref) ?? []) };
}

/** Records of the review and files just handed in, by which a finding against the program is shown; needed for “met” where the program did not find so. */
export function ShownItem({ review, item, within, files = [] }: { review: ReviewView; item: CheckItem; within: readonly string[]; files?: readonly Material[] | undefined }) {
  const { t } = useSpeech();
  const found = Form.useWatch([...within, 'outcome']) as Outcome | undefined;
  if (found !== 'PASS' || item.byProgram === 'PASS') return null;
  const figures = (item.figures ?? []).join('、');
  const title = (ref: string): string => {
    const [kind = '', ...rest] = ref.split(':');
    const record = RECORDS[kind];
    return `${record === undefined ? '' : t(record)} ${rest.join(':').slice(0, 24)}`.trim();
  };
  const named = new Map([...review.items.flatMap(({ refs }) => refs).map((ref) => [ref, title(ref)] as const), ...[...review.input.materials, ...files].map((file) => [fileRef(file), file.name] as const)]);
  return (
    <>
      {figures !== '' && <Typography.Paragraph type="secondary">{t(TEXT.figures, { figures })}</Typography.Paragraph>}
      {item.absent === true && <Typography.Paragraph type="secondary">{t(TEXT.absent)}</Typography.Paragraph>}
      <Form.Item name={[...within, 'chosen']} label={t(TEXT.shown, { item: t(item) })} rules={[{ required: true, message: t(TEXT.must) }]} style={{ marginBottom: 10 }}>
        <Select mode="multiple" placeholder={t(TEXT.hint)} options={[...named].map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      {item.byProgram === 'FAIL' && <><Typography.Paragraph type="secondary">{t(TEXT.outside)}</Typography.Paragraph><IssuedItem within={[...within, 'issued']} /></>}
    </>
  );
}
