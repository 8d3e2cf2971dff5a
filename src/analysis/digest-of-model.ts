import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const models = new URL('./models/', import.meta.url);

/** SHA-256 of the file of a model of the catalogue, hex; undefined where there is none. Kept with a run of its tests: another text is another model, whatever its version says. */
export function digestOfModel(id: string): string | undefined {
  const file = readdirSync(models).find((name) => name.startsWith(`${id.toLowerCase()}-`));
  return file === undefined ? undefined : createHash('sha256').update(readFileSync(new URL(file, models))).digest('hex');
}
