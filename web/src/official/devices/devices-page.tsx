import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Segmented, Tabs, Tag, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { frameWords } from '../../shared/frames/words.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { usePages } from '../../shared/pages.tsx';
import type { FrameRow } from '../shapes.ts';
import { AskDevice, DeviceRequests } from './device-requests.tsx';

type Device = Routes['GET /api/ingest/devices']['response']['items'][number];

const TEXT = {
  title: { zh: '设备与接入', en: 'Devices' },
  devices: { zh: '在册与到数', en: 'Registered and heard' },
  apart: { zh: '单列报文', en: 'Frames kept apart' },
  mn: { zh: '设备编号 MN', en: 'MN' },
  outfall: { zh: '排放口', en: 'Outfall' },
  last: { zh: '最近到数', en: 'Last heard' },
  silent: { zh: '超过 {n} 分钟', en: 'over {n} min' },
  never: { zh: '从未上线', en: 'never heard' },
  ask: { zh: '补取数据', en: 'Ask for data' },
  role: { zh: '类别', en: 'Kind' },
  requests: { zh: '下发指令', en: 'Requests' },
  dataTime: { zh: '数据时间', en: 'Data time' },
  peer: { zh: '来源地址', en: 'Peer' },
  offset: { zh: '时钟差', en: 'Clock offset' },
  frames: { zh: '报文数', en: 'Frames' },
  text: { zh: '原文', en: 'Text' },
  reason: { zh: '缘由', en: 'Why' },
  noDevices: { zh: '没有在册设备，也没有设备到数', en: 'No device is registered, and none has been heard' },
  none: { zh: '没有单列的报文', en: 'Nothing kept apart' },
  unknown: { zh: '未登记', en: 'not registered' },
} as const satisfies Record<string, Text>;

const ROLES = {
  data: { zh: '数采仪', en: 'logger' },
  door: { zh: '门禁', en: 'door' },
  power: { zh: '用电', en: 'power' },
  inlet: { zh: '进口', en: 'inlet' },
  process: { zh: '工况', en: 'process' },
} as const satisfies Record<NonNullable<Device['role']>, Text>;

const route = getRouteApi('/devices');

function Devices() {
  const { t } = useSpeech();
  const may = useMe().data?.actions.includes('ingest.command') ?? false;
  const list = usePages(['devices', 'list'], (at) => call('GET /api/ingest/devices', { query: { ...at, limit: 200 } }), 10_000);
  const columns: readonly Column<Device>[] = [
    { key: 'mn', title: t(TEXT.mn), width: 240, text: (device) => device.mn },
    { key: 'outfall', title: t(TEXT.outfall), width: 260, text: (device) => (device.outfall === null ? t(TEXT.unknown) : `${device.outfall.name} ${device.outfall.unitName}`), render: (device) => device.outfall === null ? <Tag>{t(TEXT.unknown)}</Tag> : <><Link to="/outfalls/$outfall" params={{ outfall: device.outfall.outfall }}>{device.outfall.name}</Link><div><Typography.Text type="secondary">{device.outfall.unitName}</Typography.Text></div></> },
    { key: 'role', title: t(TEXT.role), width: 80, text: (device) => (device.role === null ? null : t(ROLES[device.role])) },
    { key: 'last', title: t(TEXT.last), width: 230, num: true, text: (device) => (device.lastAt === null ? t(TEXT.never) : formatTime(msOf(device.lastAt))), render: (device) => device.lastAt === null ? <Tag>◌ {t(TEXT.never)}</Tag> : <>{device.silent && <Tag>◌ {t(TEXT.silent, { n: device.silentAfter })}</Tag>}{formatTime(msOf(device.lastAt))}</> },
    { key: 'dataTime', title: t(TEXT.dataTime), width: 146, num: true, text: (device) => formatTime(msOf(device.lastDataTime)) },
    { key: 'offset', title: t(TEXT.offset), width: 100, num: true, text: (device) => (device.clockOffsetMs === null ? null : device.clockOffsetMs / 1000), render: (device) => (device.clockOffsetMs === null ? '—' : `${(device.clockOffsetMs / 1000).toFixed(1)} s`) },
    { key: 'frames', title: t(TEXT.frames), width: 100, num: true, text: (device) => device.frames },
    { key: 'peer', title: t(TEXT.peer), width: 180, text: (device) => device.lastPeer },
    ...(may ? [{ key: 'ask', title: t(TEXT.ask), width: 110, render: (device: Device) => device.role !== null && <AskDevice mn={device.mn} /> }] : []),
  ];
  return <ListTable<Device> name="devices" title={t(TEXT.devices)} list={list} rowKey={(device) => device.mn} columns={columns} empty={t(TEXT.noDevices)} />;
}

const APART = { QUARANTINED: frameWords('QUARANTINED'), CONFLICT: frameWords('CONFLICT'), REFUSED: frameWords('REFUSED') } as const;
type Apart = keyof typeof APART;
const isApart = (text: string | undefined): text is Apart => text !== undefined && Object.hasOwn(APART, text);

function FramesApart({ state, choose }: { state: Apart; choose(state: Apart): void }) {
  const { t } = useSpeech();
  const list = usePages(['apart', state], (at) => call('GET /api/ingest/apart', { query: { ...at, state } }), 10_000);
  const columns: readonly Column<FrameRow>[] = [
    { key: 'at', title: t(TEXT.last), width: 146, num: true, text: (frame) => formatTime(msOf(frame.receivedAt)) },
    { key: 'mn', title: t(TEXT.mn), width: 220, text: (frame) => frame.mn },
    { key: 'peer', title: t(TEXT.peer), width: 160, text: (frame) => frame.peer },
    { key: 'why', title: t(TEXT.reason), width: 160, text: (frame) => [...(frame.verdict === 'OK' ? [] : [frame.verdict]), ...frame.marks].map((code) => t(frameWords(code))).join(' · ') },
    { key: 'text', title: t(TEXT.text), width: 420, text: (frame) => frame.text, render: (frame) => <pre className="frame-text">{frame.text}</pre> },
  ];
  const states = <Segmented<Apart> value={state} onChange={choose} options={(Object.keys(APART) as Apart[]).map((value) => ({ value, label: t(APART[value]) }))} />;
  return <ListTable<FrameRow> name="apart" title={t(TEXT.apart)} list={list} rowKey={(frame) => String(frame.leaf)} columns={columns} empty={t(TEXT.none)} filters={states} />;
}

/** Which devices speak, and what they said that stands apart: nothing is thrown away unseen. */
export function DevicesPage() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const { tab } = route.useSearch();
  const navigate = useNavigate({ from: '/devices' });
  const may = me?.actions.includes('ingest.quarantine-read') ?? false;
  const go = (to: string) => void navigate({ search: to === 'devices' ? {} : { tab: to } });
  const tabs = [
    { key: 'devices', label: t(TEXT.devices), children: <Devices /> },
    { key: 'requests', label: t(TEXT.requests), children: <DeviceRequests /> },
    ...(may ? [{ key: 'apart', label: t(TEXT.apart), children: <FramesApart state={isApart(tab) ? tab : 'QUARANTINED'} choose={go} /> }] : []),
  ];
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Tabs destroyOnHidden items={tabs} activeKey={isApart(tab) && may ? 'apart' : tab === 'requests' ? 'requests' : 'devices'} onChange={(key) => go(key === 'apart' ? 'QUARANTINED' : key)} />
    </>
  );
}
