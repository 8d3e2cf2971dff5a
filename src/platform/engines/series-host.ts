/**
 * The series engine in a process of its own: chdb behind ClickHouse's HTTP interface on loopback, so that the product
 * speaks to a URL and does not know whether the engine is embedded (docs/decisions/0001). Started by `series.ts` only.
 *
 * argv: data folder, port, memory cap in bytes. Ends when its parent's channel closes.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { Session } from 'chdb';
import { yieldProcessor } from '../processor/index.ts';

const [dataDir, port = '0', memoryCap = '3000000000'] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('series host: no data folder given');

// As the worker whose values it keeps: where processors are shared, an acknowledgement comes first. Before the session opens, so that its threads inherit it.
yieldProcessor();

const session = new Session(dataDir);
session.query(`SET max_memory_usage = ${Number(memoryCap)}`);
session.query('SET max_threads = 2');

const FORMAT = /\bFORMAT\s+(\w+)\s*;?\s*$/i;
const INSERT = /^\s*INSERT\s+INTO\s+([\w."`]+)\s*(\([^)]*\))?.*?\bFORMAT\s+(\w+)\s*/is;
const CODE = /\bCode:\s*(\d+)/;

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole;
}

/** One statement at a time: the session is one connection, and the answer to a device never waits on it. */
let tail: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = tail.then(work, work);
  tail = next.catch(() => undefined);
  return next;
}

async function execute(url: URL, payload: Buffer): Promise<{ bytes: Uint8Array; format: string }> {
  const fromUrl = url.searchParams.get('query') ?? '';
  const database = url.searchParams.get('database') ?? 'default';
  const text = fromUrl === '' ? payload.toString('utf8') : fromUrl;
  await session.queryAsync(`USE ${/^\w+$/.test(database) ? database : 'default'}`);
  const insert = fromUrl === '' ? null : INSERT.exec(text);
  if (insert !== null && payload.length > 0) {
    await session.queryAsync(`${text}\n${payload.toString('utf8')}`, { format: 'CSV' });
    return { bytes: new Uint8Array(), format: 'CSV' };
  }
  const format = FORMAT.exec(text)?.[1] ?? url.searchParams.get('default_format') ?? 'TabSeparated';
  const statement = text.replace(FORMAT, '');
  const parameters: Record<string, string> = {};
  for (const [key, value] of url.searchParams) if (key.startsWith('param_')) parameters[key.slice(6)] = value;
  const result =
    Object.keys(parameters).length > 0
      ? await session.queryBindAsync(statement, parameters, { format })
      : await session.queryAsync(statement, { format });
  return { bytes: result.bytes(), format };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://series');
  if (url.pathname === '/ping') return void response.end('Ok.\n');
  const payload = await body(request);
  try {
    const { bytes, format } = await inTurn(() => execute(url, payload));
    response.writeHead(200, { 'X-ClickHouse-Format': format, 'X-ClickHouse-Summary': '{}' }).end(bytes);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    response.writeHead(500, { 'X-ClickHouse-Exception-Code': CODE.exec(text)?.[1] ?? '0' }).end(text);
  }
}

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 60_000;
server.listen(Number(port), '127.0.0.1');

function end(): void {
  server.close();
  session.close();
  process.exit(0);
}
process.on('SIGTERM', end);
process.on('disconnect', end);
