import { deflateSync } from 'node:zlib';
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfStream, PdfString } from '@libpdf/core';
import type { Picture } from './seal-picture.ts';
import type { Slot } from './typeset.ts';

/** A signature to come: where, what it looks like, and what a screen reader says. */
export interface FieldPlan {
  readonly slot: Slot;
  readonly picture: Picture;
  readonly label: string;
}

/** Widget is printed and locked; PDF/A-1b 6.5.3 demands the first. */
const PRINT_AND_LOCKED = 132;
const SIGNATURES_EXIST_APPEND_ONLY = 3;

/**
 * Puts signature fields with their pictures into an unsigned document, as one plain file without revisions.
 * They must be there before the first signature: a field without appearance ends PDF/A-1b.
 */
export async function placeFields(pdf: Uint8Array, plans: readonly FieldPlan[]): Promise<Uint8Array> {
  if (plans.length === 0) return pdf;
  const file = await PDF.load(pdf);
  const fields = new PdfArray();
  for (const { slot, picture, label } of plans) {
    const page = file.getPage(slot.page - 1);
    if (page === null) throw new Error(`no page ${slot.page} for the field ${slot.id}`);
    const top = page.getMediaBox().height - slot.y;
    const rect = [slot.x, top - slot.height, slot.x + slot.width, top];
    const appearance = file.register(appearanceOf(picture));
    const widget = PdfDict.of({
      Type: PdfName.of('Annot'),
      Subtype: PdfName.of('Widget'),
      FT: PdfName.of('Sig'),
      T: PdfString.fromString(slot.id),
      TU: PdfString.fromString(label),
      F: PdfNumber.of(PRINT_AND_LOCKED),
      P: page.ref,
      Rect: numbers(rect),
      AP: PdfDict.of({ N: appearance }),
    });
    const ref = file.register(widget);
    fields.push(ref);
    const annotations = page.dict.getArray('Annots', (r) => file.getObject(r)) ?? new PdfArray();
    annotations.push(ref);
    page.dict.set('Annots', annotations);
  }
  const form = PdfDict.of({ Fields: fields, SigFlags: PdfNumber.of(SIGNATURES_EXIST_APPEND_ONLY) });
  file.getCatalog().set('AcroForm', file.register(form));
  // Compressing on the way out would also hit the XMP metadata, which PDF/A-1b wants readable (6.7.2).
  return file.save({ useXRefStream: false, compressStreams: false });
}

function appearanceOf({ width, height, operators }: Picture): PdfStream {
  const dict = {
    Type: PdfName.of('XObject'),
    Subtype: PdfName.of('Form'),
    FormType: PdfNumber.of(1),
    BBox: numbers([0, 0, width, height]),
    Resources: PdfDict.of({}),
    Filter: PdfName.of('FlateDecode'),
  };
  return PdfStream.fromDict(dict, new Uint8Array(deflateSync(operators)));
}

const numbers = (values: readonly number[]): PdfArray =>
  new PdfArray(values.map((value) => PdfNumber.of(Math.round(value * 100) / 100)));

/**
 * Opens a file for signing one of its fields. The library moves every field it signs to an empty rectangle on the
 * first page; the place and picture made by `placeFields` are kept from it.
 */
export async function openForSigning(pdf: Uint8Array, fieldName: string): Promise<PDF> {
  const file = await PDF.load(pdf);
  const field = file.getForm()?.getSignatureField(fieldName);
  if (field === undefined) throw new Error(`no signature field ${fieldName}`);
  const dict: PdfDict = field.getDict();
  const set = dict.set.bind(dict);
  const kept = new Set(['Rect', 'P', 'AP', 'F']);
  dict.set = (key, value) => {
    if (!kept.has(typeof key === 'string' ? key : key.value)) set(key, value);
  };
  return file;
}
