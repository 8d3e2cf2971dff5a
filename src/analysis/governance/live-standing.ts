import type { Database, Tx } from '#platform/db';
import type { Model, Params, Tier } from '../contract.ts';
import { modelOfRule } from '../rules/rule-model.ts';
import { standingOf, type DatedShadow, type Shadow, type Standing } from '../standing.ts';
import { readParameters } from '../store/progress.ts';
import type { Proposal } from './proposal.ts';
import { listProposals, readRules } from './store/proposals.ts';
import { readCaps, readReleases, standingStamp } from './store/standing.ts';

const FOR_EVER = 8.64e15;

/** The approved rules as models, every version: which one holds is a question of the moment. */
export async function ruleModels(db: Database | Tx): Promise<readonly Model[]> {
  return (await readRules(db)).map(({ rule, ...one }) => modelOfRule({ ...one, id: rule }));
}

/** The model a proposal is about, as it would be; undefined where the change concerns no judging. */
export function modelOfProposal({ change, model, version, owner }: Proposal, models: readonly Model[], current: (id: string) => Model | undefined): Model | undefined {
  if (change.kind === 'RULE') return modelOfRule({ id: model, version: Number(version), owner, area: change.area, body: change.rule });
  return current(model) ?? models.find((one) => one.id === model);
}

/** The newest version of a model that is in force at a moment, or the newest there is. */
export const currentModel = (models: readonly Model[], standing: Standing, at: number) => (id: string): Model | undefined =>
  models.find((model) => model.id === id && standing.inForce(model, at)) ?? models.findLast((model) => model.id === id);

function shadowOf(proposal: Proposal, models: readonly Model[], standing: Standing): DatedShadow[] {
  const from = proposal.shadowFrom;
  if (from === null) return [];
  const model = modelOfProposal(proposal, models, currentModel(models, standing, from));
  if (model === undefined) return [];
  const { change } = proposal;
  const params: Params = change.kind === 'RULE' ? model.params : { ...standing.paramsOf(model, from), ...(change.kind === 'PARAMETERS' ? change.set : {}) };
  return [{ proposal: proposal.proposal, model, params, from, until: proposal.shadowUntil ?? FOR_EVER }];
}

export interface Read {
  readonly standing: Standing;
  /** Catalogue and rules, in the order of their ids and versions. */
  readonly models: readonly Model[];
}

/** What was decided so far, as a function of the moment. `catalogue` are the models that come with the program. */
export async function readStanding(db: Database | Tx, catalogue: readonly Model[]): Promise<Read> {
  const [rules, parameters, caps, releases] = [await ruleModels(db), await readParameters(db), await readCaps(db), await readReleases(db)];
  const models = [...catalogue, ...rules];
  const rows = { parameters, caps, releases, shadows: [] };
  const plain = standingOf(rows);
  const tried = (await listProposals(db, { limit: 10_000 })).filter((proposal) => proposal.shadowFrom !== null);
  return { models, standing: standingOf({ ...rows, shadows: tried.flatMap((proposal) => shadowOf(proposal, models, plain)) }) };
}

/** The standing as a long-running process holds it: read again when a decision was taken. */
export class LiveStanding implements Standing {
  readonly #db: Database;
  readonly #catalogue: readonly Model[];
  #stamp = '';
  #read: Read;

  private constructor(db: Database, catalogue: readonly Model[], stamp: string, read: Read) {
    this.#db = db;
    this.#catalogue = catalogue;
    this.#stamp = stamp;
    this.#read = read;
  }

  static async open(db: Database, catalogue: readonly Model[]): Promise<LiveStanding> {
    const stamp = await standingStamp(db);
    return new LiveStanding(db, catalogue, stamp, await readStanding(db, catalogue));
  }

  /** True when something was decided since the last look. */
  async refresh(): Promise<boolean> {
    const stamp = await standingStamp(this.#db);
    if (stamp === this.#stamp) return false;
    this.#read = await readStanding(this.#db, this.#catalogue);
    this.#stamp = stamp;
    return true;
  }

  get models(): readonly Model[] {
    return this.#read.models;
  }
  inForce(model: Model, at: number): boolean {
    return this.#read.standing.inForce(model, at);
  }
  paramsOf(model: Model, at: number): Params {
    return this.#read.standing.paramsOf(model, at);
  }
  capOf(model: string, at: number): Tier | undefined {
    return this.#read.standing.capOf(model, at);
  }
  shadowsAt(at: number): readonly Shadow[] {
    return this.#read.standing.shadowsAt(at);
  }
}
