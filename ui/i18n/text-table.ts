/** Chinese first, English second: a row without both does not compile. */
export type Pair = readonly [zh: string, en: string];
export type TextTable = Readonly<Record<string, Pair>>;

export type Language = 'zh-CN' | 'en';
export const languages: readonly Language[] = ['zh-CN', 'en'];
