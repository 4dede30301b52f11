import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { languages, type Language } from './text-table.ts';
import { texts, type TextKey } from './texts.ts';

export type TextParams = Readonly<Record<string, string | number>>;
/** A sentence that is not in a language yet: what the daemon and the feed hand to the screen. */
export interface Words {
  readonly key: TextKey;
  readonly params?: TextParams;
}
export type Say = (key: TextKey, params?: TextParams) => string;

const STORED = 'counterd.language';

function column(index: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, pair]) => [key, pair[index]]));
}

/** Call once before the first render. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: column(0) }, en: { translation: column(1) } },
    lng: storedLanguage(),
    fallbackLng: 'zh-CN',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = i18next.language;
}

/** Switches at once, without a reload, and remembers the choice on this computer. */
export async function switchLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
}

/** A device or position, which a branch may have given a second name for English screens. */
interface Named {
  readonly name: string;
  readonly englishName?: string;
}

export const nameIn = (language: Language, { name, englishName }: Named): string => (language === 'en' ? (englishName ?? name) : name);

interface Wordings {
  readonly t: Say;
  readonly language: Language;
  readonly say: (words: Words) => string;
  readonly nameOf: (thing: Named | undefined) => string;
}

export function useText(): Wordings {
  const { t: translate, i18n } = useTranslation();
  const t: Say = (key, params) => translate(key, params ?? {});
  const language = toLanguage(i18n.language);
  return {
    t,
    language,
    say: ({ key, params }) => t(key, params),
    nameOf: (thing) => (thing === undefined ? '' : nameIn(language, thing)),
  };
}

/** Outside components, for live regions and titles. */
export const sayNow: Say = (key, params) => i18next.t(key, params ?? {});

function storedLanguage(): Language {
  return toLanguage(localStorage.getItem(STORED) ?? 'zh-CN');
}

function toLanguage(text: string): Language {
  return languages.find((language) => language === text) ?? 'zh-CN';
}
