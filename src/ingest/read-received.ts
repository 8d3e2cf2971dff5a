import type { Instant } from '#kernel';
import { type Device, type DeviceDirectory, profileAt } from './devices/device-directory.ts';
import { type Decoded, type Piece, readPiece } from './hj212/index.ts';

/**
 * Reads a piece as its device is known to speak. Who it is stands inside the frame, so it is read once to learn the MN
 * and, only for devices with a profile of their own, a second time under that profile.
 */
export function readReceived(
  piece: Piece,
  directory: DeviceDirectory,
  receivedAt: Instant,
): { readonly decoded: Decoded; readonly device: Device | undefined } {
  const decoded = readPiece(piece);
  const mn = decoded.ok ? decoded.mn : readableMn(decoded);
  const device = mn ? directory.deviceOf(mn) : undefined;
  const profile = piece.kind === 'noise' ? undefined : profileAt(device, receivedAt);
  return { decoded: profile === undefined ? decoded : readPiece(piece, { profile }), device };
}

function readableMn(decoded: Extract<Decoded, { ok: false }>): string | undefined {
  return decoded.readable?.header.find(([name]) => name.trim() === 'MN')?.[1]?.trim();
}
