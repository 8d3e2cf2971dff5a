import type { Device, DeviceDirectory } from './device-directory.ts';
import { type Decoded, type Piece, readPiece } from './hj212/index.ts';

/**
 * Reads a piece as its device is known to speak. Who it is stands inside the frame, so it is read once to learn the MN
 * and, only for devices with a profile of their own, a second time under that profile.
 */
export function readReceived(
  piece: Piece,
  directory: DeviceDirectory,
): { readonly decoded: Decoded; readonly device: Device | undefined } {
  const decoded = readPiece(piece);
  const mn = decoded.ok ? decoded.mn : readableMn(decoded);
  const device = mn ? directory.deviceOf(mn) : undefined;
  if (!device?.profile || piece.kind === 'noise') return { decoded, device };
  return { decoded: readPiece(piece, { profile: device.profile }), device };
}

function readableMn(decoded: Extract<Decoded, { ok: false }>): string | undefined {
  return decoded.readable?.header.find(([name]) => name.trim() === 'MN')?.[1]?.trim();
}
