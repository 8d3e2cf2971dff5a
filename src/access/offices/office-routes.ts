import { z } from 'zod';
import { asId, type AuthorityId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { areaOf } from '../actor.ts';
import type { DoorDeps } from '../session-routes.ts';
import { allAuthorities } from '../store/accounts.ts';
import { officesOf } from '../store/offices.ts';
import { keepOffice } from './keep-office.ts';
import { emptyOffice, missingOf, OFFICE_PARTS } from './office.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const line = z.string().trim().max(200);
const named = z.object({ zh: line, en: line });
const officeBody = z.object({ address: line, phone: line, reconsideration: named, court: named, collection: z.object({ bank: named, accountName: named, accountNo: line }) });
const officeRow = officeBody.extend({ authorityId: z.string(), authority: words, missing: z.array(words) });

/** What papers print of each authority of the reader's area, and what nobody has entered yet. */
export function officeRoutes(app: App, deps: DoorDeps): void {
  const config = { action: 'access.office' } as const;
  app.get('/api/access/offices', { config, schema: { tags: ['access'], response: { 200: z.object({ items: z.array(officeRow) }) } } }, async ({ actor }) => {
    const area = areaOf(actor);
    const authorities = (await allAuthorities(deps.db)).filter(({ authorityId }) => area.includes(authorityId));
    const kept = new Map((await officesOf(deps.db, area)).map((one) => [one.authorityId, one]));
    return {
      items: authorities.map(({ authorityId, nameZh, nameEn }) => {
        const office = kept.get(authorityId) ?? emptyOffice(authorityId);
        return { ...office, authority: { zh: nameZh, en: nameEn }, missing: missingOf(office).map((part) => OFFICE_PARTS[part]) };
      }),
    };
  });
  const params = z.object({ authorityId: z.string().max(64) });
  app.post('/api/access/offices/:authorityId', { config, schema: { tags: ['access'], params, body: officeBody, response: { 200: z.null() } } }, async ({ actor, params: { authorityId }, body }, reply) => {
    const result = await keepOffice(deps, actor, { ...body, authorityId: asId<AuthorityId>(authorityId) });
    return result.ok ? null : (answer(reply, result) as never);
  });
}
