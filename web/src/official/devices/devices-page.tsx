import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty, Segmented, Table, Tabs, Tag, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import type { FrameRow } from '../shapes.ts';
import { AskDevice, DeviceRequests } from './device-requests.tsx';

type Device = Routes['GET /api/ingest/devices']['response']['items'][number];
type Apart = 'QUARANTINED' | 'CONFLICT' | 'REFUSED';

const TEXT = {
  title: { zh: '设备与接入', en: 'Devices' },
  devices: { zh: '在册与到数', en: 'Heard devices' },
  apart: { zh: '单列报文', en: 'Frames kept apart' },
  quarantined: { zh: '未知设备（隔离）', en: 'Unknown devices (quarantine)' },
  conflict: { zh: '同键不同文', en: 'Conflicts' },
  refused: { zh: '拒收', en: 'Refused' },
  mn: { zh: '设备编号 MN', en: 'MN' },
  outfall: { zh: '排放口', en: 'Outfall' },
  last: { zh: '最近到数', en: 'Last heard' },
  silent: { zh: '超过 {n} 分钟', en: 'over {n} min' },
  role: { zh: '类别', en: 'Kind' },
  requests: { zh: '下发指令', en: 'Requests' },
  dataTime: { zh: '数据时间', en: 'Data time' },
  peer: { zh: '来源地址', en: 'Peer' },
  offset: { zh: '时钟差', en: 'Clock offset' },
  frames: { zh: '报文数', en: 'Frames' },
  text: { zh: '原文', en: 'Text' },
  reason: { zh: '缘由', en: 'Why' },
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

function Devices() {
  const { t } = useSpeech();
  const may = useMe().data?.actions.includes('ingest.command') ?? false;
  const query = useQuery({ queryKey: ['devices'], queryFn: () => call('GET /api/ingest/devices', { query: { limit: 500 } }), refetchInterval: 10_000 });
  const columns: TableColumnsType<Device> = [
    { title: t(TEXT.mn), dataIndex: 'mn', width: 240 },
    { title: t(TEXT.outfall), key: 'outfall', width: 260, render: (_, device) => device.outfall === null ? <Tag>{t(TEXT.unknown)}</Tag> : <><Link to="/outfalls/$outfall" params={{ outfall: device.outfall.outfall }}>{device.outfall.name}</Link><div><Typography.Text type="secondary">{device.outfall.unitName}</Typography.Text></div></> },
    { title: t(TEXT.role), key: 'role', width: 80, render: (_, device) => (device.role === null ? '—' : t(ROLES[device.role])) },
    { title: t(TEXT.last), key: 'last', width: 230, className: 'num', render: (_, device) => <>{device.silent && <Tag>◌ {t(TEXT.silent, { n: device.silentAfter })}</Tag>}{formatTime(msOf(device.lastAt))}</> },
    { title: t(TEXT.dataTime), key: 'dataTime', width: 140, className: 'num', render: (_, device) => formatTime(msOf(device.lastDataTime)) },
    { title: t(TEXT.offset), key: 'offset', width: 100, className: 'num', render: (_, device) => (device.clockOffsetMs === null ? '—' : `${(device.clockOffsetMs / 1000).toFixed(1)} s`) },
    { title: t(TEXT.frames), dataIndex: 'frames', width: 100, className: 'num' },
    { title: t(TEXT.peer), dataIndex: 'lastPeer', width: 180 },
    ...(may ? [{ key: 'ask', width: 110, render: (_: unknown, device: Device) => device.role !== null && <AskDevice mn={device.mn} /> }] : []),
  ];
  return <Loaded query={query}>{({ items }) => <Table<Device> size="small" rowKey="mn" pagination={{ defaultPageSize: 50, hideOnSinglePage: true }} dataSource={items} columns={columns} scroll={{ x: 1200 }} />}</Loaded>;
}

function FramesApart() {
  const { t } = useSpeech();
  const [state, setState] = useState<Apart>('QUARANTINED');
  const query = useQuery({ queryKey: ['apart', state], queryFn: () => call('GET /api/ingest/apart', { query: { state, limit: 100 } }), refetchInterval: 10_000 });
  const columns: TableColumnsType<FrameRow> = [
    { title: t(TEXT.last), key: 'at', width: 140, className: 'num', render: (_, frame) => formatTime(msOf(frame.receivedAt)) },
    { title: t(TEXT.mn), key: 'mn', width: 220, render: (_, frame) => frame.mn ?? '—' },
    { title: t(TEXT.peer), dataIndex: 'peer', width: 160 },
    { title: t(TEXT.reason), key: 'why', width: 160, render: (_, frame) => [frame.verdict, ...frame.marks].join(' ') },
    { title: t(TEXT.text), key: 'text', render: (_, frame) => <pre className="frame-text">{frame.text}</pre> },
  ];
  return (
    <>
      <Segmented<Apart> value={state} onChange={setState} style={{ marginBottom: 10 }} options={[{ value: 'QUARANTINED', label: t(TEXT.quarantined) }, { value: 'CONFLICT', label: t(TEXT.conflict) }, { value: 'REFUSED', label: t(TEXT.refused) }]} />
      <Loaded query={query}>{({ items }) => <Table<FrameRow> size="small" rowKey="leaf" pagination={false} dataSource={items} columns={columns} scroll={{ x: 1000 }} locale={{ emptyText: <Empty description={t(TEXT.none)} /> }} />}</Loaded>
    </>
  );
}

/** Which devices speak, and what they said that stands apart: nothing is thrown away unseen. */
export function DevicesPage() {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const may = me?.actions.includes('ingest.quarantine-read') ?? false;
  const tabs = [
    { key: 'devices', label: t(TEXT.devices), children: <Devices /> },
    { key: 'requests', label: t(TEXT.requests), children: <DeviceRequests /> },
    ...(may ? [{ key: 'apart', label: t(TEXT.apart), children: <FramesApart /> }] : []),
  ];
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Tabs items={tabs} />
    </>
  );
}
