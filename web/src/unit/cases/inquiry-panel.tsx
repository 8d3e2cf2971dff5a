import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { InquiryCall } from '../../shared/inquiry/call.tsx';
import { Panel } from '../parts/panel.tsx';

const TEXT = {
  title: { zh: '远程询问 {no}', en: 'Remote inquiry {no}' },
  rights: { zh: '执法人员正在请您接受视频询问（行政处罚法第五十五条）。您有权要求执法人员出示证件、申请回避、陈述申辩，并应如实回答。', en: 'An officer asks you to answer by video (art. 55). You may ask for his certificate, ask for recusal, state and defend; you are to answer truthfully.' },
} as const satisfies Record<string, Text>;

/** Rooms open for this unit now; nothing is shown when there is none. */
export function InquiryPanel() {
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['inquiries'], refetchInterval: 5_000, queryFn: () => call('GET /api/unit/inquiries') });
  const servers = useRef<Readonly<Record<string, readonly string[]>>>({});
  return (
    <>
      {(query.data?.items ?? []).map((room) => {
        servers.current = { [room.roomId]: room.iceServers, ...servers.current };
        return (
          <Panel key={room.roomId} title={t(TEXT.title, { no: room.caseNo })}>
            <p style={{ marginTop: 0 }}>{t(TEXT.rights)}</p>
            <InquiryCall side="UNIT" roomId={room.roomId} iceServers={servers.current[room.roomId] ?? room.iceServers} />
          </Panel>
        );
      })}
    </>
  );
}
