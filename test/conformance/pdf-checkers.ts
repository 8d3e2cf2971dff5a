import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Outside programs that judge our PDF files: poppler (pdfsig, pdffonts, pdftotext), NSS and Apache PDFBox preflight. */
export interface PdfCheckers {
  /** Output of a poppler program. */
  poppler(program: 'pdfsig' | 'pdffonts' | 'pdftotext', ...args: string[]): string;
  /** Of these files of a folder, the ones preflight does not call valid PDF/A-1b, with its reason. */
  preflight(folder: string, names: readonly string[]): string[];
  /** Makes an NSS database that trusts this root (PEM file) and returns its folder. */
  trustStore(rootPem: string, folder: string): string;
}

const PACKAGES = [
  'poppler-utils', 'libnss3-tools', 'libpdfbox2-java', 'libactivation-java', 'libjaxb-api-java', 'libjaxb-java', 'default-jre-headless',
];
const JARS = ['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'commons-io', 'javax.activation', 'jaxb-api', 'jaxb-core', 'jaxb-runtime'];
const jar = (name: string): string => `/usr/share/java/${name}.jar`;
const onPath = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const complete = (): boolean => ['pdfsig', 'pdffonts', 'pdftotext', 'certutil', 'java'].every(onPath) && JARS.every((name) => existsSync(jar(name)));

/**
 * The checkers, installed first when we are root on Debian. Undefined where they cannot be had;
 * with CI=true that is an error, so that a skip never passes for a proof.
 */
export function pdfCheckers(): PdfCheckers | undefined {
  if (!complete()) install();
  if (!complete()) {
    if (process.env.CI === 'true') throw new Error(`CI needs the outside PDF checkers: ${PACKAGES.join(' ')}`);
    return undefined;
  }
  const classpath = JARS.map(jar).join(':');
  return {
    poppler: (program, ...args) => execFileSync(program, args, { encoding: 'utf8' }),
    preflight(folder, names) {
      // Without `batch` the program looks at its first argument only and says nothing of the others.
      const arguments_ = ['-cp', classpath, 'org.apache.pdfbox.preflight.Validator_A1b', 'batch', folder];
      const run = spawnSync('java', arguments_, { encoding: 'utf8', maxBuffer: 1 << 26 });
      const verdicts = `${run.stdout}${run.stderr}`;
      const notValid = names.filter((name) => !verdicts.includes(`The file ${name} is a valid PDF/A-1b file`));
      return notValid.map((name) => verdicts.slice(Math.max(verdicts.indexOf(`The file ${name}`), 0)).slice(0, 500));
    },
    trustStore(rootPem, folder) {
      execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
      execFileSync('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'root', '-t', 'CT,C,C', '-a', '-i', rootPem]);
      return folder;
    },
  };
}

function install(): void {
  const root = process.getuid?.() === 0;
  if (!root || !existsSync('/etc/debian_version')) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A smaller JRE is enough where one is installed already.
  const packages = onPath('java') ? PACKAGES.filter((name) => !name.includes('jre')) : PACKAGES;
  spawnSync('apt-get', ['update', '-qq'], { env: environment, timeout: 60_000 });
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '-qq', '--no-install-recommends', ...packages], { env: environment, timeout: 300_000 });
}
