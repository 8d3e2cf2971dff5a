import { getRouteApi } from '@tanstack/react-router';
import { Button, Card, Checkbox, Flex, Form, Input, InputNumber, Radio, Select, Typography } from 'antd';
import { createContext, useContext } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MomentInput } from '../parts/moment-input.tsx';
import type { Choice } from '../parts/use-law.ts';
import type { Schema } from './command-schema.ts';
import { DAYS, FIELDS, FIELDS_OF, MOMENTS, VALUES } from './field-words.ts';
import { FilePicker } from './evidence/file-picker.tsx';

export type Path = readonly (string | number)[];
/** Values offered for a field, from the page's own data; of an empty list nothing is asked. */
export type Choices = (field: string, path: Path) => readonly Choice[] | undefined;

const TEXT = {
  add: { zh: '增加一项', en: 'Add' },
  remove: { zh: '删除', en: 'Remove' },
  file: { zh: '文件（原样送入案件，有签名、签章的当场核验）', en: 'File (kept as it is; its signatures are checked at once)' },
  fileMust: { zh: '请选择文件', en: 'Choose a file' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  allYes: { zh: '以上各项均为“是”', en: 'Yes to all of these' },
  phrase: { zh: '填入：{words}', en: 'Fill in: {words}' },
} as const satisfies Record<string, Text>;

/** The set phrase offered for a field of this act, where there is one. */
export const Phrases = createContext<(field: string) => string | undefined>(() => undefined);

interface FieldProps {
  readonly command: string;
  readonly field: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** Where the value stands in the form. */
  readonly path: Path;
  /** Where the list that holds this field stands, for antd's relative names. */
  readonly name: Path;
  readonly choices: Choices;
}

function useLabel() {
  const { t } = useSpeech();
  return (command: string, field: string): string => {
    const words = FIELDS_OF[command]?.[field] ?? FIELDS[field];
    return words === undefined ? field : t(words);
  };
}

/** A yes or no that must be given, and one that the platform would otherwise take for a yes. */
const isAsked = ({ type, default: otherwise }: Schema, required: boolean): boolean => type === 'boolean' && (required || otherwise === true);

/** A list that must be given and may hold nothing begins as one that holds nothing. */
const mayBeNone = (schema: Schema, required: boolean) => (required && (schema.minItems ?? 0) === 0 ? { rules: [], initialValue: [] } : {});

/** Puts words into a form as if they had been typed there. */
function useFill(): (fields: readonly { readonly name: Path; readonly value: unknown }[]) => void {
  const form = Form.useFormInstance();
  return (fields) => form.setFields(fields.map(({ name, value }) => ({ name: [...name], value, touched: true, errors: [] })));
}

function Phrase({ field, path }: { field: string; path: Path }) {
  const { t } = useSpeech();
  const words = useContext(Phrases)(field);
  const fill = useFill();
  if (words === undefined) return null;
  return <Button size="small" type="link" style={{ paddingInline: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }} onClick={() => fill([{ name: path, value: words }])}>{t(TEXT.phrase, { words })}</Button>;
}

function AllYes({ schema, path }: { schema: Schema; path: Path }) {
  const { t } = useSpeech();
  const fill = useFill();
  return <Button size="small" onClick={() => fill(Object.keys(schema.properties ?? {}).map((one) => ({ name: [...path, one], value: true })))}>{t(TEXT.allYes)}</Button>;
}

function Leaf({ command, field, schema, required, path, name, choices }: FieldProps) {
  const { t } = useSpeech();
  const label = useLabel()(command, field);
  const rules = [{ required }];
  const offered = choices(field, path);
  const valueWord = (value: string) => { const words = VALUES[value]; return words === undefined ? value : t(words); };
  const item = { name: [...name], label, rules };
  if (offered?.length === 0) return null;
  if (offered !== undefined && schema.type !== 'array') return <Form.Item {...item}><Select showSearch={{ optionFilterProp: 'label' }} allowClear={!required} options={[...offered]} /></Form.Item>;
  if (schema.enum !== undefined) return <Form.Item {...item}><Select options={schema.enum.map((value) => ({ value, label: valueWord(value) }))} /></Form.Item>;
  // Who has to say yes or no says it: nothing is said by leaving a box alone.
  if (isAsked(schema, required)) return <Form.Item {...item}><Radio.Group aria-label={label} options={[{ value: true, label: t(TEXT.yes) }, { value: false, label: t(TEXT.no) }]} /></Form.Item>;
  if (schema.type === 'boolean') return <Form.Item name={[...name]} valuePropName="checked" style={{ marginBottom: 8 }}><Checkbox>{label}</Checkbox></Form.Item>;
  if (MOMENTS.has(field)) return <Form.Item {...item}><MomentInput /></Form.Item>;
  if (schema.type === 'integer' || schema.type === 'number') return <Form.Item {...item}><InputNumber style={{ width: '100%' }} min={0} /></Form.Item>;
  if (DAYS.has(field) || (command === 'CHECK_RECTIFICATION' && (field === 'from' || field === 'to'))) return <Form.Item {...item}><Input type="date" /></Form.Item>;
  if (schema.type === 'array') {
    const values = offered ?? schema.items?.enum?.map((value) => ({ value, label: valueWord(value) }));
    return <Form.Item {...item} {...mayBeNone(schema, required)}><Select mode={values === undefined ? 'tags' : 'multiple'} options={[...(values ?? [])]} {...(values === undefined ? { open: false, suffixIcon: null } : {})} /></Form.Item>;
  }
  return <Form.Item {...item} extra={<Phrase field={field} path={path} />}>{(schema.maxLength ?? 0) > 500 ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={schema.maxLength ?? 5000} /> : <Input maxLength={schema.maxLength ?? 300} />}</Form.Item>;
}

function ListOf(props: FieldProps & { item: Schema }) {
  const { t } = useSpeech();
  const label = useLabel()(props.command, props.field);
  return (
    <Card size="small" title={label} style={{ marginBottom: 12 }}>
      <Form.List name={[...props.name]} {...(mayBeNone(props.schema, props.required).initialValue === undefined ? {} : { initialValue: [] })}>
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} style={{ borderBottom: '1px solid rgba(128,128,128,.2)', marginBottom: 8 }}>
                <Fields command={props.command} schema={props.item} path={[...props.path, row.name]} name={[row.name]} choices={props.choices} />
                <Button size="small" type="link" onClick={() => remove(row.name)} style={{ paddingInline: 0 }}>{t(TEXT.remove)}</Button>
              </div>
            ))}
            <Button size="small" onClick={() => add({})}>{t(TEXT.add)}</Button>
          </>
        )}
      </Form.List>
    </Card>
  );
}

const namesFile = ({ properties }: Schema): boolean => properties?.['fileName'] !== undefined && properties['sha256'] !== undefined;

/** A file is picked, not typed: its name and digest follow from it. */
function FileOf({ name, path }: FieldProps) {
  const { t } = useSpeech();
  const form = Form.useFormInstance();
  const { caseId } = getRouteApi('/cases/$caseId').useParams();
  return (
    <>
      <Form.Item name={[...name, 'fileName']} hidden><Input /></Form.Item>
      <Form.Item name={[...name, 'sha256']} label={t(TEXT.file)} rules={[{ required: true, message: t(TEXT.fileMust) }]}><FilePicker caseId={caseId} onName={(picked) => form.setFieldValue([...path, 'fileName'], picked)} /></Form.Item>
    </>
  );
}

/** A choice between shapes: the first field names the shape, the others follow it. */
function OneOf({ variants, tag, ...props }: FieldProps & { variants: readonly Schema[]; tag: string }) {
  const { t } = useSpeech();
  const form = Form.useFormInstance();
  const chosen: unknown = Form.useWatch([...props.path, tag], form);
  const label = useLabel()(props.command, props.field);
  const variant = variants.find((one) => one.properties?.[tag]?.enum?.[0] === chosen);
  const isFile = variant !== undefined && namesFile(variant);
  const word = (value: string) => { const words = VALUES[value]; return words === undefined ? value : t(words); };
  return (
    <Card size="small" title={label} style={{ marginBottom: 12 }}>
      <Form.Item name={[...props.name, tag]} rules={[{ required: true }]}>
        <Select aria-label={label} options={variants.flatMap((one) => one.properties?.[tag]?.enum ?? []).map((value) => ({ value, label: word(value) }))} />
      </Form.Item>
      {isFile && <FileOf {...props} />}
      {variant && <Fields command={props.command} schema={variant} path={props.path} name={props.name} choices={props.choices} skip={[tag, 'sha256', ...(isFile ? ['fileName'] : ['reviewId'])]} />}
    </Card>
  );
}

export function SchemaField(props: FieldProps) {
  const { schema, field, command } = props;
  const label = useLabel()(command, field);
  if (schema.oneOf !== undefined) {
    const tag = Object.entries(schema.oneOf[0]?.properties ?? {}).find(([, one]) => one.enum?.length === 1)?.[0] ?? 'kind';
    return <OneOf {...props} variants={schema.oneOf} tag={tag} />;
  }
  if (schema.type === 'array' && schema.items?.type === 'object') return <ListOf {...props} item={schema.items} />;
  if (schema.type === 'object' && schema.properties !== undefined) {
    return (
      <Card size="small" title={label} style={{ marginBottom: 12 }}>
        {namesFile(schema) ? <FileOf {...props} /> : <Fields command={command} schema={schema} path={props.path} name={props.name} choices={props.choices} />}
        {Object.entries(schema.properties).every(([one, of]) => isAsked(of, schema.required?.includes(one) ?? false)) && <AllYes schema={schema} path={props.path} />}
      </Card>
    );
  }
  return <Leaf {...props} />;
}

/** Every field of an object in the order of its schema. */
export function Fields({ command, schema, path, name, choices, skip = [] }: { command: string; schema: Schema; path: Path; name: Path; choices: Choices; skip?: readonly string[] }) {
  const shown = Object.entries(schema.properties ?? {}).filter(([field]) => field !== 'kind' && !skip.includes(field));
  if (shown.length === 0) return <Typography.Text type="secondary">—</Typography.Text>;
  return (
    <Flex vertical>
      {shown.map(([field, one]) => (
        <SchemaField key={field} command={command} field={field} schema={one} required={schema.required?.includes(field) ?? false} path={[...path, field]} name={[...name, field]} choices={choices} />
      ))}
    </Flex>
  );
}
