import { asId, type AccountId, type AuthorityId, type Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Office } from '../offices/office.ts';

interface Row {
  authority_id: string; address: string; phone: string; reconsideration_zh: string; reconsideration_en: string; court_zh: string; court_en: string;
  bank: string; bank_en: string; account_name: string; account_name_en: string; account_no: string;
}

/** What stands of these authorities now; one of which nothing was entered is not among them. */
export async function officesOf(db: Database | Tx, authorities: readonly AuthorityId[]): Promise<Office[]> {
  const { rows } = await sql<Row>`SELECT DISTINCT ON (authority_id) * FROM access_authority_office WHERE authority_id = ANY(${[...authorities]}::text[])
    ORDER BY authority_id, at DESC, entry_id DESC`.execute(db);
  return rows.map((row) => ({
    authorityId: asId<AuthorityId>(row.authority_id), address: row.address, phone: row.phone,
    reconsideration: { zh: row.reconsideration_zh, en: row.reconsideration_en }, court: { zh: row.court_zh, en: row.court_en },
    collection: { bank: { zh: row.bank, en: row.bank_en }, accountName: { zh: row.account_name, en: row.account_name_en }, accountNo: row.account_no },
  }));
}

export async function insertOffice(tx: Tx, entry: { readonly entryId: string; readonly office: Office; readonly by: AccountId; readonly at: Instant }): Promise<void> {
  const { authorityId, address, phone, reconsideration, court, collection } = entry.office;
  await sql`INSERT INTO access_authority_office (entry_id, authority_id, address, phone, reconsideration_zh, reconsideration_en, court_zh, court_en, bank, bank_en, account_name, account_name_en, account_no, entered_by, at)
    VALUES (${entry.entryId}, ${authorityId}, ${address}, ${phone}, ${reconsideration.zh}, ${reconsideration.en}, ${court.zh}, ${court.en},
      ${collection.bank.zh}, ${collection.bank.en}, ${collection.accountName.zh}, ${collection.accountName.en}, ${collection.accountNo}, ${entry.by}, ${entry.at})`.execute(tx);
}
