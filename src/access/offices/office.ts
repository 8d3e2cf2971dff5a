import type { AuthorityId } from '#kernel';
import type { Words } from '../action-words.ts';

/** Where a fine is paid: the collecting bank, never the authority that decides (罚缴分离, 行政处罚法 第六十七条、第七十四条). */
export interface CollectingAccount {
  readonly bank: Words;
  readonly accountName: Words;
  readonly accountNo: string;
}

/** What papers print of an authority beside its name. Empty text: nobody has entered it. */
export interface Office {
  readonly authorityId: AuthorityId;
  readonly address: string;
  readonly phone: string;
  /** Who decides on reconsideration of its acts: as a rule the people's government of its level. */
  readonly reconsideration: Words;
  readonly court: Words;
  readonly collection: CollectingAccount;
}

/** An authority of which nothing was entered yet. */
export const emptyOffice = (authorityId: AuthorityId): Office => ({
  authorityId, address: '', phone: '', reconsideration: { zh: '', en: '' }, court: { zh: '', en: '' }, collection: { bank: { zh: '', en: '' }, accountName: { zh: '', en: '' }, accountNo: '' },
});

/** What papers want of an office, in words. */
export const OFFICE_PARTS = {
  address: { zh: '地址', en: 'address' },
  phone: { zh: '电话', en: 'telephone' },
  reconsideration: { zh: '行政复议机关', en: 'reconsideration body' },
  court: { zh: '管辖法院', en: 'court' },
  collection: { zh: '代收罚款的银行、户名和账号', en: 'collecting bank, account name and number' },
} as const satisfies Readonly<Record<Exclude<keyof Office, 'authorityId'>, Words>>;
export type OfficePart = keyof typeof OFFICE_PARTS;

/** An account counts once it is whole. */
export const hasAccount = ({ bank, accountName, accountNo }: CollectingAccount): boolean => [bank.zh, accountName.zh, accountNo].every((text) => text !== '');

const given: Readonly<Record<OfficePart, (office: Office) => boolean>> = {
  address: ({ address }) => address !== '',
  phone: ({ phone }) => phone !== '',
  reconsideration: ({ reconsideration }) => reconsideration.zh !== '',
  court: ({ court }) => court.zh !== '',
  collection: ({ collection }) => hasAccount(collection),
};

/** What its papers can only say in general words until somebody enters it. */
export const missingOf = (office: Office): readonly OfficePart[] => (Object.keys(OFFICE_PARTS) as OfficePart[]).filter((part) => !given[part](office));
