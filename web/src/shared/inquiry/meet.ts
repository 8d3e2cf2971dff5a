import { problemOf } from '../api.ts';

export type Side = 'OFFICER' | 'UNIT';
type Kind = 'JOIN' | 'LEAVE' | 'DESCRIPTION' | 'CANDIDATE';
interface Message {
  readonly seq: number;
  readonly kind: Kind;
  readonly body: string;
}

/** How the two stand to each other. */
export type Standing = 'WAITING' | 'CONNECTING' | 'TALKING' | 'LOST' | 'ENDED';

export interface Meeting {
  leave(): Promise<void>;
}

const DOORS: Readonly<Record<Side, string>> = { OFFICER: '/api/inquiries', UNIT: '/api/unit/inquiries' };
const POLL_MS = 700;

/**
 * Meets the other side of an inquiry. The officer's browser offers, the unit's answers; whenever the unit comes (again),
 * a new connection is offered. Introductions go through the platform, picture and sound from browser to browser.
 */
export function meet(side: Side, roomId: string, iceServers: readonly string[], own: MediaStream, on: { remote(stream: MediaStream): void; standing(now: Standing): void }): Meeting {
  const door = `${DOORS[side]}/${encodeURIComponent(roomId)}/signals`;
  let peer: RTCPeerConnection | undefined;
  let after = 0;
  let gone = false;
  let early: RTCIceCandidateInit[] = [];
  const say = async (kind: Kind, body = ''): Promise<number> => {
    const response = await fetch(door, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ kind, body }) });
    if (!response.ok) throw await problemOf(response);
    return (await response.json() as { seq: number }).seq;
  };
  const connect = (): RTCPeerConnection => {
    peer?.close();
    early = [];
    const made = new RTCPeerConnection({ iceServers: iceServers.map((urls) => ({ urls })) });
    for (const track of own.getTracks()) made.addTrack(track, own);
    made.onicecandidate = ({ candidate }) => { if (candidate !== null && !gone) void say('CANDIDATE', JSON.stringify(candidate)).catch(() => undefined); };
    made.ontrack = ({ streams: [stream] }) => { if (stream !== undefined) on.remote(stream); };
    made.onconnectionstatechange = () => {
      if (made !== peer) return;
      if (made.connectionState === 'connected') on.standing('TALKING');
      else if (made.connectionState === 'failed' || made.connectionState === 'disconnected') on.standing('LOST');
    };
    peer = made;
    on.standing('CONNECTING');
    return made;
  };
  const describe = async (made: RTCPeerConnection): Promise<void> => {
    await made.setLocalDescription();
    await say('DESCRIPTION', JSON.stringify(made.localDescription));
  };
  const hear = async ({ kind, body }: Message): Promise<void> => {
    if (kind === 'JOIN' && side === 'OFFICER') await describe(connect());
    else if (kind === 'JOIN' && peer === undefined) await say('JOIN');
    else if (kind === 'LEAVE') {
      peer?.close();
      peer = undefined;
      on.standing('WAITING');
    } else if (kind === 'DESCRIPTION') {
      const description = JSON.parse(body) as RTCSessionDescriptionInit;
      const made = description.type === 'offer' ? connect() : peer;
      await made?.setRemoteDescription(description);
      for (const candidate of early.splice(0)) await made?.addIceCandidate(candidate).catch(() => undefined);
      if (made !== undefined && description.type === 'offer') await describe(made);
    } else if (kind === 'CANDIDATE') {
      const candidate = JSON.parse(body) as RTCIceCandidateInit;
      // One that belonged to a connection since replaced is of no use.
      if (peer?.remoteDescription) await peer.addIceCandidate(candidate).catch(() => undefined);
      else early.push(candidate);
    }
  };
  const listen = async (): Promise<void> => {
    // What was said before one came is not for him.
    after = await say('JOIN');
    on.standing('WAITING');
    while (!gone) {
      const response = await fetch(`${door}?after=${after}`, { credentials: 'same-origin' });
      if (response.status === 404) break;
      const { items } = response.ok ? (await response.json() as { items: readonly Message[] }) : { items: [] };
      for (const message of items) {
        after = message.seq;
        await hear(message).catch(() => on.standing('LOST'));
      }
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
    peer?.close();
    on.standing('ENDED');
  };
  void listen().catch(() => on.standing('LOST'));
  return {
    async leave() {
      if (gone) return;
      gone = true;
      peer?.close();
      await say('LEAVE').catch(() => undefined);
    },
  };
}
