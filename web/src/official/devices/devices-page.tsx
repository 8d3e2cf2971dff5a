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
import { msOf, useNow } from '../../shared/moment.ts';
import type { FrameRow } from '../shapes.ts';

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
  silent: { zh: '超过 2 小时', en: 'over 2 h' },
  dataTime: { zh: '数据时间', en: 'Data time' },
  peer: { zh: '来源地址', en: 'Peer' },
  offset: { zh: '时钟差', en: 'Clock offset' },
  frames: { zh: '报文数', en: 'Frames' },
  text: { zh: '原文', en: 'Text' },
  reason: { zh: '缘由', en: 'Why' },
  none: { zh: '没有单列的报文', en: 'Nothing kept apart' },
  unknown: { zh: '未登记', en: 'not registered' },
} as const satisfies Record<string, Text>;

const SILENT = 2 * 3_600_000;

function Devices() {
  const { t } = useSpeech();
  const now = useNow();
  const query = useQuery({ queryKey: ['devices'], queryFn: () => call('GET /api/ingest/devices', { query: { limit: 500 } }), refetchInterval: 10_000 });
  const columns: TableColumnsType<Device> = [
    { title: t(TEXT.mn), dataIndex: 'mn', width: 240 },
    { title: t(TEXT.outfall), key: 'outfall', width: 260, render: (_, device) => device.outfall === null ? <Tag>{t(TEXT.unknown)}</Tag> : <><Link to="/outfalls/$outfall" params={{ outfall: device.outfall.outfall }}>{device.outfall.name}</Link> <Typography.Text type="secondary">{device.outfall.unitName}</Typography.Text></> },
    { title: t(TEXT.last), key: 'last', width: 210, className: 'num', render: (_, device) => { const at = msOf(device.lastAt) ?? 0; return <>{now - at > SILENT && <Tag>◌ {t(TEXT.silent)}</Tag>}{formatTime(at)}</>; } },
    { title: t(TEXT.dataTime), key: 'dataTime', width: 140, className: 'num', render: (_, device) => formatTime(msOf(device.lastDataTime)) },
    { title: t(TEXT.offset), key: 'offset', width: 100, className: 'num', render: (_, device) => (device.clockOffsetMs === null ? '—' : `${(device.clockOffsetMs / 1000).toFixed(1)} s`) },
    { title: t(TEXT.frames), dataIndex: 'frames', width: 100, className: 'num' },
    { title: t(TEXT.peer), dataIndex: 'lastPeer', width: 180 },
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
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      {may ? <Tabs items={[{ key: 'devices', label: t(TEXT.devices), children: <Devices /> }, { key: 'apart', label: t(TEXT.apart), children: <FramesApart /> }]} />
        : <><Typography.Paragraph type="secondary">{t(TEXT.devices)}</Typography.Paragraph><Devices /></>}
    </>
  );
}
