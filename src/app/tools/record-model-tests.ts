import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { digestOfModel, modelCatalogue, MODEL_TESTS, type ModelRun, type ModelTest } from '#analysis';
import { dayOf } from '#kernel';
import { systemClock } from '#platform/clock';
import { runProvinces, type ProvinceRun, type ProvinceTests } from '../score/model-provinces.ts';
import { runTool } from './run-tool.ts';

const HELP = `npm run model-tests -- [options]   runs the four tests of every model and keeps which version passed which
  --report FILE   read the JSON report of a run of src/analysis/models that is done instead of running these tests
  --words         only words were changed (the last part of versions): what the provinces said of the stored versions is kept
property, and what is shown on data made by hand: the tests beside the models; null, positive, benign: also six simulated provinces, which take
some minutes of processor time. Writes src/analysis/models/test-runs.json. A model is called tested only while its version is the one that passed;
the digest of its file shows that the version was changed with it.
`;

const { values } = parseArgs({ options: { report: { type: 'string' }, words: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
const ROOT = join(import.meta.dirname, '../../..');
const FILE = join(ROOT, 'src/analysis/models/test-runs.json');

interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[] }[];
}

interface ByHand {
  readonly model: string | undefined;
  readonly test: ModelTest;
  readonly passed: boolean;
}

function run(): Report {
  const dir = mkdtempSync(join(tmpdir(), 'model-tests-'));
  const file = join(dir, 'report.json');
  spawnSync(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', 'src/analysis/models', '--reporter=json', `--outputFile=${file}`], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  rmSync(dir, { recursive: true });
  return report;
}

/** Which of the four a test beside the models is: by its file, and where a model has tests of its own by its title. */
function testOf(file: string, title: string): ModelTest {
  if (file === 'every-model.test.ts') return title.startsWith('raises nothing on honest data') ? 'null' : 'property';
  if (file === 'declared.test.ts') return 'property';
  return file === 'benign.test.ts' || title.startsWith('honest: ') ? 'benign' : 'positive';
}

const byHand = (report: Report): ByHand[] =>
  report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      model: /^model:([A-G]\d\d)\b/u.exec(ancestorTitles[0] ?? '')?.[1], test: testOf(basename(name), title), passed: status === 'passed',
    })));

/** What the stored run says the provinces showed; a version that differs in more than its last part must be judged anew. */
function storedProvinces(): ProvinceRun {
  const { kinds, lookAlikes, missing, models } = JSON.parse(readFileSync(FILE, 'utf8')) as ProvinceRun & { readonly models: Readonly<Record<string, ModelRun>> };
  const changed = modelCatalogue.filter(({ id, version }) => models[id] === undefined || !sameMethod(models[id].simulated, version));
  if (changed.length > 0) throw new RangeError(`${changed.map(({ id }) => id).join(' ')}：方法有变，须重新模拟 the method changed, leave out --words`);
  return { kinds, lookAlikes, missing, models: Object.fromEntries(Object.entries(models).map(([id, { simulated, tests }]) => [id, { ...tests, positive: tests.positive.kinds as ProvinceTests['positive'], version: simulated }])) };
}

/** Versions that differ in their last part at most: words, not methods. */
const sameMethod = (one: string, other: string): boolean => one.slice(0, one.lastIndexOf('.')) === other.slice(0, other.lastIndexOf('.'));

/** A model passes a test when all that is made by hand passes and what the provinces said allows it; only look-alikes may all be simulated. */
function runOf(id: string, version: string, hand: readonly ByHand[], simulated: ProvinceTests): ModelRun {
  const own = (test: ModelTest, allowed: boolean, simulatedToo = false): { passed: boolean; tests: number } => {
    const all = hand.filter((one) => one.model === id && one.test === test);
    return { passed: allowed && (simulatedToo || all.length > 0) && all.every((one) => one.passed), tests: all.length };
  };
  const { positive, benign, version: judged } = simulated;
  return {
    version, simulated: judged, digest: digestOfModel(id) ?? '',
    tests: {
      property: own('property', true),
      null: { ...simulated.null, ...own('null', simulated.null.false <= simulated.null.allowed && simulated.null.warned <= simulated.null.warnedAllowed) },
      // One of several in a first line need not see each event; one that sees none of all its kinds is not in it.
      positive: { ...own('positive', Object.keys(positive).length === 0 || Object.values(positive).some(([found]) => found > 0)), kinds: positive },
      benign: { ...benign, ...own('benign', benign.warned <= benign.warnedAllowed, true) },
    },
  };
}

async function main(): Promise<void> {
  const provinces = values.words ? storedProvinces() : await runProvinces((line) => process.stderr.write(`${line}\n`));
  const hand = byHand(values.report === undefined ? run() : (JSON.parse(readFileSync(values.report, 'utf8')) as Report));
  const models = Object.fromEntries(modelCatalogue.map(({ id, version }) => [id, runOf(id, version, hand, provinces.models[id] as ProvinceTests)]));
  const { kinds, lookAlikes, missing } = provinces;
  writeFileSync(FILE, `${JSON.stringify({ ranOn: dayOf(systemClock().now()), kinds, lookAlikes, missing, models }, null, 1)}\n`);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  for (const name of MODEL_TESTS) {
    const failed = Object.entries(models).filter(([, one]) => !one.tests[name].passed).map(([id]) => id);
    say(`${name}: ${modelCatalogue.length - failed.length} / ${modelCatalogue.length}${failed.length === 0 ? '' : `, not ${failed.join(' ')}`}`);
  }
  const unseen = Object.entries(kinds).filter(([, [found, of]]) => found < of).map(([kind, [found, of]]) => `${kind} ${found}/${of}`);
  say(`未全部发现 events the first line did not find: ${unseen.join(', ') || '—'}；未出现 did not come: ${missing.join(', ') || '—'}`);
}

await runTool(values.help ? HELP : undefined, main);
