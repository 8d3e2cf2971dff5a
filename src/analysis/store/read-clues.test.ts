import { expect, it } from 'vitest';
import { sql } from '#platform/db';
import { testDatabase } from '#platform/db/testing';
import { episodesOf, episodeVersions } from './read-clues.ts';

it('gives the newest version of an episode, or every one of them in the order they became known', async () => {
  const { db, drop } = await testDatabase();
  for (const version of [2, 1, 3])
    await sql`INSERT INTO analysis_episode (episode, version, outfall, model, model_version, tier, raised_at, start_at, end_at, known_at, body)
      VALUES ('e1', ${version}, 'O1', 'B08', '1.0.2', 'WARN', 0, 0, 1, ${version}, ${JSON.stringify({ id: 'e1', version })}::jsonb)`.execute(db);
  expect((await episodesOf(db, ['e1'])).map(({ version }) => version)).toEqual([3]);
  expect((await episodeVersions(db, ['e1', 'e2'])).map(({ version }) => version)).toEqual([1, 2, 3]);
  expect(await episodeVersions(db, [])).toEqual([]);
  await drop();
}, 60_000);
