import type { Brand } from './brand.ts';

/** 排污单位 or 第三方机构: anyone the measures call a regulated party (江苏办法 第一条). */
export type UnitId = Brand<string, 'UnitId'>;
/** 排放口. */
export type OutfallId = Brand<string, 'OutfallId'>;
/** 数采仪标识 MN. */
export type DeviceMn = Brand<string, 'DeviceMn'>;
/** Factor code of HJ 524/525, e.g. `w01018`. */
export type FactorCode = Brand<string, 'FactorCode'>;
export type MeterId = Brand<string, 'MeterId'>;
export type ClueId = Brand<string, 'ClueId'>;
export type EpisodeId = Brand<string, 'EpisodeId'>;
export type SheetId = Brand<string, 'SheetId'>;
export type ReviewId = Brand<string, 'ReviewId'>;
export type CaseId = Brand<string, 'CaseId'>;
export type DocumentId = Brand<string, 'DocumentId'>;
export type DeliveryId = Brand<string, 'DeliveryId'>;
export type AccountId = Brand<string, 'AccountId'>;
export type AuthorityId = Brand<string, 'AuthorityId'>;
/** Key of a region profile in `law/regions/`, e.g. `jiangsu`. */
export type RegionKey = Brand<string, 'RegionKey'>;
/** Position of a leaf in the evidence log. */
export type LeafIndex = Brand<number, 'LeafIndex'>;

const ID_SHAPE = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,63}$/u;

/**
 * Reads an id that came from outside (URL, file). Undefined when it is no id at all.
 * Letters, digits and `. _ : -`, at most 64 characters, so that an id is safe in a path or a formula.
 */
export const parseId = <Id extends Brand<string, string>>(text: string): Id | undefined =>
  ID_SHAPE.test(text) ? (text as Id) : undefined;

/** For ids we made ourselves or have just read from our own store. */
export const asId = <Id extends Brand<string | number, string>>(value: Id extends number ? number : string): Id =>
  value as unknown as Id;
