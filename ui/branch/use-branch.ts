import type { Words } from './branch-types.ts';
import { branchSay, type BranchSay } from './branch-texts.ts';
import { branchStore } from './control.ts';

export function useBranchText(): { readonly t: BranchSay; readonly word: (words: Words) => string } {
  const language = branchStore((state) => state.language);
  return { t: branchSay(language), word: ({ zh, en }) => (language === 'en' ? en : zh) };
}
