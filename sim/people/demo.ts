import type { LiveRecords } from '../live.ts';
import { openCaseDesk } from './at-cases.ts';
import { openReviewDesk } from './at-review.ts';
import { fileReports, tellRecords } from './at-stations.ts';
import { superviseTurn } from './at-supervision.ts';
import { isOfficeHour, openTroupe, type Diary } from './habits.ts';
import type { Happened } from './on-site.ts';
import { openScene } from './scene.ts';

/** The cast of the demonstration. Each turn every person looks at what waits for them and does the next thing. */
export interface CastOptions {
  readonly base: string;
  readonly password: string;
  /** The demonstration's clock, epoch ms. */
  readonly now: () => number;
  /** What went on at the plants: inspectors who go there see its traces. */
  readonly happened?: Happened;
}

export interface Cast {
  /** One look round of everybody. Never throws: what the platform refused, or a line that broke, is in the diary. */
  act(): Promise<void>;
  /** Marks and camera events that fell due: units and control staff report them. Never throws either. */
  tell(records: readonly LiveRecords[]): Promise<void>;
  readonly diary: Diary;
}

/**
 * People who act over HTTP like anyone else. What has been done they see from the platform's lists, so a restart goes
 * on where the story stands; how long each lets a matter lie follows from the matter itself.
 */
export async function playDemo(options: CastOptions): Promise<Cast> {
  const scene = openScene(options);
  const cast = openTroupe({ now: options.now, as: (login) => scene.as(login), happened: options.happened });
  const desks = [openReviewDesk(cast), openCaseDesk(cast)];
  let reported = false;
  // A server that starts anew is away for a moment; the next look finds it.
  const safely = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      cast.diary.refused.push({ at: options.now(), who: 'everybody', what: 'look round', why: error instanceof Error ? error.message : String(error) });
    }
  };
  return {
    diary: cast.diary,
    tell: (records) => safely(() => tellRecords(cast, records)),
    act: () =>
      safely(async () => {
        const office = isOfficeHour(options.now());
        reported ||= await fileReports(cast);
        await superviseTurn(cast);
        for (const desk of desks) await desk(office);
      }),
  };
}
