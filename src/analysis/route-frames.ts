import { instant, type OutfallId } from '#kernel';
import { directoryOfRegister, readReceived, type DeviceDirectory } from '#ingest';
import { Assembler, Framer, type Frame } from '#ingest/hj212';
import { factsOf, type Arrival, type Fact, type FrameView } from '#quality';
import type { RegisteredDevice, Registry } from '#register';
import type { OutfallSetup } from './setup.ts';

/** An arrival with the outfall it belongs to. */
export interface Routed {
  readonly outfall: OutfallId;
  readonly arrival: Arrival;
}

/** Ties within one millisecond are broken by the bytes; they are only turned into text when there is a tie. */
export class FrameArrival implements Arrival {
  readonly knownAt: number;
  readonly facts: readonly Fact[];
  readonly #raw: Uint8Array;
  constructor(knownAt: number, facts: readonly Fact[], raw: Uint8Array) {
    this.knownAt = knownAt;
    this.facts = facts;
    this.#raw = raw;
  }
  get order(): string {
    return Buffer.from(this.#raw).toString('latin1');
  }
}

const POWER_ST = new Set(['80', '44']);
const CRLF = new Uint8Array([13, 10]);

/** The role in which a device speaks: one logger may also carry the doors or the meters of its site. */
export function chosen(devices: readonly RegisteredDevice[], st: string | null): readonly RegisteredDevice[] {
  const wanted = st === '81' ? 'door' : st !== null && POWER_ST.has(st) ? 'power' : 'data';
  const fitting = devices.filter((device) => device.role === wanted || (wanted === 'data' && (device.role === 'inlet' || device.role === 'process')));
  return fitting.length > 0 ? fitting : devices.slice(0, 1);
}

/** Frame bytes → facts per outfall. Split messages count once their last part has come. */
export class FrameRouter {
  readonly #registry: Registry;
  readonly #devices: DeviceDirectory;
  readonly #setups: ReadonlyMap<OutfallId, OutfallSetup>;
  readonly #assemblers = new Map<string, Assembler>();
  readonly #framer = new Framer({ blockSize: 65_536 });
  unknownDevices = 0;
  damaged = 0;
  frames = 0;

  constructor(registry: Registry, setups: ReadonlyMap<OutfallId, OutfallSetup>) {
    this.#registry = registry;
    this.#devices = directoryOfRegister(() => registry);
    this.#setups = setups;
  }

  /** One stored frame, with or without its line end. `count` false where another worker counts it. */
  route(bytes: Uint8Array, knownAt: number, count = true): Routed[] {
    const pieces = this.#framer.push(bytes);
    pieces.push(...this.#framer.push(CRLF), ...this.#framer.flush());
    const routed: Routed[] = [];
    let good = false;
    for (const piece of pieces) {
      if (piece.kind === 'noise') continue;
      const { decoded } = readReceived(piece, this.#devices, instant(knownAt));
      if (!decoded.ok) continue;
      good = true;
      this.#routeFrame(decoded, knownAt, routed, count);
    }
    if (!count) return routed;
    this.frames += 1;
    if (!good) this.damaged += 1;
    return routed;
  }

  #routeFrame(frame: Frame, knownAt: number, routed: Routed[], count: boolean): void {
    if (frame.mn === null) return;
    const devices = this.#registry.deviceOf(frame.mn);
    if (devices.length === 0) {
      if (count) this.unknownDevices += 1;
      return;
    }
    const view = this.#whole(frame, knownAt);
    if (view === undefined) return;
    for (const device of chosen(devices, frame.st)) {
      for (const outfall of device.outfalls) {
        const setup = this.#setups.get(outfall);
        if (setup === undefined) continue;
        const facts = factsOf(view, setup.profiles[device.role]);
        routed.push({ outfall, arrival: new FrameArrival(knownAt, facts, frame.raw) });
      }
    }
  }

  #whole(frame: Frame, knownAt: number): FrameView | undefined {
    if (frame.pnum === null || frame.pnum <= 1) return frame;
    const mn = frame.mn as string;
    let assembler = this.#assemblers.get(mn);
    if (assembler === undefined) this.#assemblers.set(mn, (assembler = new Assembler({ maxOpen: 64 })));
    assembler.expire(instant(knownAt));
    const step = assembler.offer(frame, instant(knownAt));
    if (step.kind === 'whole') return frame;
    return step.kind === 'assembled' ? { ...step.message, edition: frame.edition } : undefined;
  }
}
