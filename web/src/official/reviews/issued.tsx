import { Flex, Form, Input, Select } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Material } from '../../shared/materials.tsx';
import type { Routes } from '../../shared/api.gen.ts';

type Kind = NonNullable<NonNullable<Routes['POST /api/review/clues/:clueId/supply']['body']['materials']>[number]['kind']>;
/** What kind of paper was handed in and who issued it; with both it comes from outside of the review. */
export interface Issued {
  readonly kind?: Kind;
  readonly issuer?: string;
}

const KINDS = {
  TIME_SERVER_LOG: { zh: '授时服务记录', en: 'Log of the time server' },
  OPERATIONS_LOG: { zh: '平台运行维护日志', en: 'Operations log of the platform' },
  SERVICE_RECORD: { zh: '设备校准、运维记录', en: 'Record of calibration or service of the device' },
  LOGGER_RECORD: { zh: '数据采集传输仪本机记录', en: 'Own record of the logger' },
  CERTIFICATE: { zh: '检定、校准、验收证书', en: 'Certificate of verification, calibration or acceptance' },
  MAKER_STATEMENT: { zh: '设备厂商书面说明', en: 'Written statement of the device’s maker' },
  CARRIER_STATEMENT: { zh: '通信运营单位书面说明', en: 'Written statement of the carrier' },
  UNIT_STATEMENT: { zh: '排污单位书面说明', en: 'Written statement of the unit' },
  SITE_RECORD: { zh: '现场检查记录', en: 'Record of an inspection on site' },
} as const satisfies Record<Kind, Text>;

const TEXT = {
  kind: { zh: '文件种类', en: 'Kind of paper' },
  issuer: { zh: '出具单位', en: 'Issued by' },
} as const satisfies Record<string, Text>;

/** Files with what was said of them; as they are where kind or issuer is missing. */
export const withIssuer = (files: readonly Material[], { kind, issuer = '' }: Issued = {}) =>
  files.map(({ name, sha256 }) => ({ name, sha256, ...(kind === undefined || issuer.trim() === '' ? {} : { kind, issuer: issuer.trim() }) }));

/** Kind and issuer of the files handed in, under `within`. */
export function IssuedItem({ within }: { within: readonly string[] }) {
  const { t } = useSpeech();
  return (
    <Flex gap={8} wrap>
      <Form.Item name={[...within, 'kind']} label={t(TEXT.kind)} style={{ flex: '1 1 220px', marginBottom: 10 }}>
        <Select allowClear options={Object.entries(KINDS).map(([value, words]) => ({ value, label: t(words) }))} />
      </Form.Item>
      <Form.Item name={[...within, 'issuer']} label={t(TEXT.issuer)} style={{ flex: '1 1 220px', marginBottom: 10 }}><Input maxLength={200} /></Form.Item>
    </Flex>
  );
}
