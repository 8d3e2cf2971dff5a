import { useQuery } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { Button, Card, Flex, Modal, Tag } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { InquiryCall } from '../../shared/inquiry/call.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import type { CasePage } from '../shapes.ts';
import { bring } from './evidence/file-picker.tsx';

const TEXT = {
  title: { zh: '远程询问（视频）', en: 'Remote inquiry (video)' },
  open: { zh: '开启询问室', en: 'Open the room' },
  close: { zh: '结束询问', en: 'End the inquiry' },
  hint: { zh: '开启后，当事人在企业端即可进入；笔录仍须填写“远程询问”。', en: 'Once open, the party can enter from its portal; the record is still to be written.' },
  record: { zh: '开始录制', en: 'Start recording' },
  stop: { zh: '停止并存为证据文件', en: 'Stop and keep as a file of the case' },
  recording: { zh: '● 正在录制（在本机）', en: '● recording (on this machine)' },
  leave: { zh: '正在录制，要离开吗？', en: 'Recording: leave?' },
  leaveMore: { zh: '离开后录制停止，已录的部分随即存入案件。', en: 'Leaving stops the recording; what there is goes to the case at once.' },
  stopAndLeave: { zh: '停止并离开', en: 'Stop and leave' },
  savedHere: { zh: '没有存入案件；录像已存到本机的下载文件夹。', en: 'Not kept with the case; the recording is in the downloads of this machine.' },
  again: { zh: '再次存入案件', en: 'Try again to keep it with the case' },
  kept: { zh: '已存入案件：{name}，SHA-256 {sha}', en: 'kept with the case: {name}, SHA-256 {sha}' },
} as const satisfies Record<string, Text>;

/** Both voices and the picture of the person asked, in one stream. */
function together(own: MediaStream, remote: MediaStream): { stream: MediaStream; end(): void } {
  const mixer = new AudioContext();
  const out = mixer.createMediaStreamDestination();
  for (const stream of [own, remote]) if (stream.getAudioTracks().length > 0) mixer.createMediaStreamSource(stream).connect(out);
  return { stream: new MediaStream([...remote.getVideoTracks(), ...out.stream.getAudioTracks()]), end: () => void mixer.close() };
}

/** What cannot be brought to the case is kept on this machine: the words of a person are not said twice. */
function saveHere(file: File): void {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Records until it is stopped, the other side's picture changes, or the page is left: whichever comes first, what there is goes to the case. */
function Recorder({ caseId, roomId, own, remote }: { caseId: string; roomId: string; own: MediaStream; remote: MediaStream }) {
  const { t } = useSpeech();
  const running = useRef<MediaRecorder>(undefined);
  const [recording, setRecording] = useState(false);
  const keep = useAct(t(TEXT.stop), async (file: File) => {
    try {
      return await bring(caseId, file);
    } catch (problem) {
      saveHere(file);
      throw problem;
    }
  });
  const stop = useCallback(() => {
    running.current?.stop();
    running.current = undefined;
    setRecording(false);
  }, []);
  useEffect(() => stop, [stop, remote]);
  const start = () => {
    const { stream, end } = together(own, remote);
    const recorder = new MediaRecorder(stream);
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void parts.push(data);
    recorder.onstop = () => { end(); keep.mutate(new File(parts, `询问录像-${roomId}.webm`, { type: recorder.mimeType })); };
    recorder.start(1_000);
    running.current = recorder;
    setRecording(true);
  };
  const busy = recording || keep.isPending;
  const leaving = useBlocker({ shouldBlockFn: () => true, disabled: !busy, enableBeforeUnload: busy, withResolver: true });
  return (
    <>
      {recording ? <><Tag>{t(TEXT.recording)}</Tag><Button onClick={stop}>{t(TEXT.stop)}</Button></> : <Button loading={keep.isPending} onClick={start}>{t(TEXT.record)}</Button>}
      {keep.isError && <><ProblemAlert error={keep.error} /><span>{t(TEXT.savedHere)}</span><Button size="small" onClick={() => keep.mutate(keep.variables)}>{t(TEXT.again)}</Button></>}
      {keep.data && <span style={{ overflowWrap: 'anywhere' }}>{t(TEXT.kept, { name: keep.data.fileName, sha: keep.data.sha256 })}</span>}
      <Modal open={leaving.status === 'blocked'} title={t(TEXT.leave)} okText={t(TEXT.stopAndLeave)} onOk={() => { stop(); leaving.proceed?.(); }} onCancel={() => leaving.reset?.()}>{t(TEXT.leaveMore)}</Modal>
    </>
  );
}

/** The room in which officer and party see each other; shown to the officers of the case while it is investigated. */
export function InquiryCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const { caseId, main, officers } = page.state;
  const mine = main === 'INVESTIGATING' && officers.some((one) => one.accountId === me?.accountId);
  const query = useQuery({ queryKey: ['inquiry', caseId], enabled: mine, refetchInterval: 5_000, queryFn: () => call('GET /api/cases/:id/inquiry-room', { params: { id: caseId } }) });
  const open = useAct(t(TEXT.open), () => call('POST /api/cases/:id/inquiry-room', { params: { id: caseId } }));
  const close = useAct(t(TEXT.close), (roomId: string) => call('POST /api/inquiries/:roomId/close', { params: { roomId } }));
  const room = query.data?.room ?? undefined;
  // The same list again is the same list: a new one would end the talk.
  const servers = useRef<readonly string[]>([]);
  if (room !== undefined && servers.current.join() !== room.iceServers.join()) servers.current = room.iceServers;
  if (!mine) return null;
  return (
    <Card size="small" title={t(TEXT.title)} extra={room !== undefined && <Button size="small" loading={close.isPending} onClick={() => close.mutate(room.roomId)}>{t(TEXT.close)}</Button>}>
      {(open.isError || close.isError) && <ProblemAlert error={open.error ?? close.error} />}
      {room === undefined
        ? <Flex wrap gap={8} align="center"><Button loading={open.isPending} onClick={() => open.mutate(undefined)}>{t(TEXT.open)}</Button><span>{t(TEXT.hint)}</span></Flex>
        : <InquiryCall key={room.roomId} side="OFFICER" roomId={room.roomId} iceServers={servers.current} extra={(own, remote) => remote !== undefined && <Recorder caseId={caseId} roomId={room.roomId} own={own} remote={remote} />} />}
    </Card>
  );
}
