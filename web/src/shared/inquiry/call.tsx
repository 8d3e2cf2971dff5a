import { Alert, Button, Flex, Tag, Typography } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useSpeech, type Text } from '../i18n.tsx';
import { meet, type Side, type Standing } from './meet.ts';
import './inquiry.css';

const TEXT = {
  notRecorded: { zh: '画面和声音在双方浏览器之间直接传送，平台不经手、不录制。需要留存的，由执法人员录制后作为证据上传。', en: 'Picture and sound go directly from browser to browser; the platform neither carries nor records them. What is to be kept is recorded by the officer and uploaded as evidence.' },
  own: { zh: '本方', en: 'You' },
  officer: { zh: '执法人员', en: 'The officer' },
  unit: { zh: '被询问单位', en: 'The unit' },
  insecure: { zh: '视频询问须通过 https 打开本平台：浏览器只在加密连接下允许使用摄像头和麦克风', en: 'A video inquiry needs this platform over https: browsers allow camera and microphone on an encrypted connection only' },
  noCamera: { zh: '没有可用的摄像头或麦克风，或者未获准使用', en: 'No camera or microphone can be used, or it was not allowed' },
  join: { zh: '进入询问', en: 'Enter the inquiry' },
  leave: { zh: '离开', en: 'Leave' },
} as const satisfies Record<string, Text>;

const STANDINGS: Readonly<Record<Standing, Text>> = {
  WAITING: { zh: '等待对方进入', en: 'waiting for the other side' },
  CONNECTING: { zh: '正在接通', en: 'connecting' },
  TALKING: { zh: '✓ 已接通', en: '✓ connected' },
  LOST: { zh: '连接中断，正在等待重新接通', en: 'the connection is lost; waiting to meet again' },
  ENDED: { zh: '询问已结束', en: 'the inquiry has ended' },
};

function Picture({ stream, label, muted }: { stream: MediaStream | undefined; label: string; muted: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null && stream !== undefined) video.current.srcObject = stream;
  }, [stream]);
  return (
    <figure>
      {/* Live speech between two people: there is no caption to give. */}
      <video ref={video} autoPlay playsInline muted={muted} aria-label={label} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** One side of a remote inquiry: entered by the person himself, who is told first what becomes of picture and sound. */
export function InquiryCall({ side, roomId, iceServers, extra }: { side: Side; roomId: string; iceServers: readonly string[]; extra?: (own: MediaStream, remote: MediaStream | undefined) => ReactNode }) {
  const { t } = useSpeech();
  const [own, setOwn] = useState<MediaStream>();
  const [remote, setRemote] = useState<MediaStream>();
  const [standing, setStanding] = useState<Standing>();
  const [failed, fail] = useState(false);
  const [inside, enter] = useState(false);
  // Absent over plain http, whatever its type says.
  const secure = (navigator.mediaDevices as MediaDevices | undefined) !== undefined;
  useEffect(() => {
    if (!inside) return;
    let stop = (): void => undefined;
    let left = false;
    void navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 640 } }, audio: true }).then((stream) => {
      const meeting = meet(side, roomId, iceServers, stream, { remote: setRemote, standing: setStanding });
      stop = () => {
        void meeting.leave();
        for (const track of stream.getTracks()) track.stop();
      };
      if (left) stop();
      else setOwn(stream);
    }, () => { fail(true); enter(false); });
    return () => {
      left = true;
      stop();
      setOwn(undefined);
      setRemote(undefined);
      setStanding(undefined);
    };
  }, [inside, side, roomId, iceServers]);
  return (
    <Flex vertical gap={8}>
      <Typography.Text type="secondary">{t(TEXT.notRecorded)}</Typography.Text>
      {!secure && <Alert type="warning" showIcon title={t(TEXT.insecure)} />}
      {failed && <Alert type="warning" showIcon title={t(TEXT.noCamera)} />}
      <Flex wrap gap={8} align="center">
        {inside ? <Button onClick={() => enter(false)}>{t(TEXT.leave)}</Button> : <Button type="primary" disabled={!secure} onClick={() => { fail(false); enter(true); }}>{t(TEXT.join)}</Button>}
        {standing !== undefined && <span role="status"><Tag>{t(STANDINGS[standing])}</Tag></span>}
        {own !== undefined && extra?.(own, remote)}
      </Flex>
      {inside && (
        <div className="inquiry">
          <Picture stream={remote} label={t(side === 'OFFICER' ? TEXT.unit : TEXT.officer)} muted={false} />
          <Picture stream={own} label={t(TEXT.own)} muted />
        </div>
      )}
    </Flex>
  );
}
