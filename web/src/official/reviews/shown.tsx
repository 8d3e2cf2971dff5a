import { Form, Select } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Material } from '../../shared/materials.tsx';
import type { CheckItem, Outcome, ReviewView } from '../shapes.ts';

const TEXT = {
  shown: { zh: '证明的记录或者文件：{item}', en: 'Shown by: {item}' },
  hint: { zh: '从本次审核的记录和文件中选择', en: 'Choose among records and files of this review' },
  must: { zh: '程序不认定符合的，须指明证明的记录或者文件', en: 'The program did not find it met: name what shows it' },
} as const satisfies Record<string, Text>;

const RECORDS: Readonly<Record<string, Text>> = {
  unit: { zh: '排污单位档案', en: 'Register of the unit' }, outfall: { zh: '排放口档案', en: 'Register of the outfall' }, mn: { zh: '原始报文', en: 'Raw frames' },
  leaf: { zh: '存证叶', en: 'Evidence leaves' }, mark: { zh: '数据标记', en: 'Mark' }, sheet: { zh: '监督单反馈', en: 'Answer to the sheet' },
  sha256: { zh: '材料', en: 'File' }, calibration: { zh: '校准记录', en: 'Record of calibration' },
};

const fileRef = ({ sha256 }: Material): string => `sha256:${sha256}`;

/** What a finding is sent with: records as the program names them, files by name and digest. */
export function shownOf(chosen: readonly string[] = [], files: readonly Material[] = []): { refs: string[]; files: Material[] } {
  const own = new Map(files.map((file) => [fileRef(file), { name: file.name, sha256: file.sha256 }]));
  return { refs: chosen.filter((ref) => !own.has(ref)), files: chosen.flatMap((ref) => own.get(ref) ?? []) };
}

/** Records of the review and files just handed in, by which a finding against the program is shown; needed for “met” where the program did not find so. */
export function ShownItem({ review, item, name, outcome, files = [] }: { review: ReviewView; item: CheckItem; name: string | string[]; outcome: string | string[]; files?: readonly Material[] | undefined }) {
  const { t } = useSpeech();
  const found = Form.useWatch(outcome) as Outcome | undefined;
  if (found !== 'PASS' || item.byProgram === 'PASS') return null;
  const title = (ref: string): string => {
    const [kind = '', ...rest] = ref.split(':');
    const record = RECORDS[kind];
    return `${record === undefined ? '' : t(record)} ${rest.join(':').slice(0, 24)}`.trim();
  };
  const named = new Map([...review.items.flatMap(({ refs }) => refs).map((ref) => [ref, title(ref)] as const), ...[...review.input.materials, ...files].map((file) => [fileRef(file), file.name] as const)]);
  return (
    <Form.Item name={name} label={t(TEXT.shown, { item: t(item) })} rules={[{ required: true, message: t(TEXT.must) }]} style={{ marginBottom: 10 }}>
      <Select mode="multiple" placeholder={t(TEXT.hint)} options={[...named].map(([value, label]) => ({ value, label }))} />
    </Form.Item>
  );
}
