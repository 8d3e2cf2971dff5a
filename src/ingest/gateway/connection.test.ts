import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Batcher } from './batcher.ts';
import { Connection } from './connection.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const open: Socket[] = [];
afterEach(() => open.splice(0).forEach((socket) => socket.destroy()));

it('sec:X06 what a peer does not read is held up to a limit, and no byte beyond', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  open.push(peer, socket);
  server.close();
  const connection = new Connection(socket, 'c1', undefined as unknown as Batcher, DEFAULT_LIMITS, 0);
  const answer = Buffer.alloc(100_000);
  let taken = 0;
  expect(connection.fault(0)).toBeUndefined();
  for (; taken < 1_000 && connection.send(answer); taken++) await new Promise((done) => setImmediate(done));
  expect(taken).toBeLessThan(1_000);
  expect(connection.unread).toBeLessThanOrEqual(DEFAULT_LIMITS.maxUnread + answer.length);
  expect(connection.send(answer)).toBe(false);
  expect(connection.fault(0)).toBe('UNREAD');
});
