export interface Place {
  readonly lat: number;
  readonly lon: number;
}

const RAD = Math.PI / 180;

/** Kilometres between two places, on a sphere. */
export function kilometres(a: Place, b: Place): number {
  const h = Math.sin(((b.lat - a.lat) * RAD) / 2) ** 2 + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.sin(((b.lon - a.lon) * RAD) / 2) ** 2;
  return 12_742 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction from one place to another, degrees from north. */
export function bearing(from: Place, to: Place): number {
  const east = (to.lon - from.lon) * Math.cos(from.lat * RAD);
  return (Math.atan2(east, to.lat - from.lat) / RAD + 360) % 360;
}
