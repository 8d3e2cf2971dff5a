import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { digestOfModel, modelCatalogue } from '#analysis';
import { dayOf } from '#kernel';
import { systemClock } from '#platform/clock';
import { runTool } from './run-tool.ts';

const HELP = `npm run model-tests -- [options]   runs the tests of the models and keeps which version of each passed
  --report FILE   read the JSON report of a run that is done instead of running the tests
Writes src/analysis/models/test-runs.json. A model is called tested only while its version is the one that passed; the digest of its file shows that the version was changed with it.
`;

const { values } = parseArgs({ options: { report: { type: 'string' }, help: { type: 'boolean', default: false } } });
const ROOT = join(import.meta.dirname, '../../..');
const FILE = join(ROOT, 'src/analysis/models/test-runs.json');
/** Tests that every model passes alike; a model also needs some of its own. */
const COMMON: ReadonlySet<string> = new Set(['every-model.test.ts', 'declared.test.ts']);

interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[] }[];
}

function run(): Report {
  const dir = mkdtempSync(join(tmpdir(), 'model-tests-'));
  const file = join(dir, 'report.json');
  spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', 'src/analysis/models', '--reporter=json', `--outputFile=${file}`], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  rmSync(dir, { recursive: true });
  return report;
}

async function main(): Promise<void> {
  const report = values.report === undefined ? run() : (JSON.parse(readFileSync(values.report, 'utf8')) as Report);
  const results = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, status }) => ({ file: basename(name), model: /^model:([A-G]\d\d)\b/u.exec(ancestorTitles[0] ?? '')?.[1], passed: status === 'passed' })));
  const models = Object.fromEntries(modelCatalogue.flatMap(({ id, version }) => {
    const own = results.filter((one) => one.model === id);
    const special = own.filter((one) => !COMMON.has(one.file)).length;
    return special === 0 || own.some((one) => !one.passed) ? [] : [[id, { version, digest: digestOfModel(id), passed: own.length, ofItsOwn: special }]];
  }));
  writeFileSync(FILE, `${JSON.stringify({ ranOn: dayOf(systemClock().now()), models }, null, 1)}\n`);
  process.stdout.write(`${Object.keys(models).length} / ${modelCatalogue.length} 个模型的本版本通过测试 models passed in their present version\n`);
}

await runTool(values.help ? HELP : undefined, main);
