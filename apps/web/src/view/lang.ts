/** The languages of the faces; Chinese comes first and is what a missing English text falls back to. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Lang = (typeof LANGUAGES)[number];
