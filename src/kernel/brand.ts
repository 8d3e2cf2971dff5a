declare const brand: unique symbol;

/** A nominal type: a `string` that was checked to be a case number is not any string. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
