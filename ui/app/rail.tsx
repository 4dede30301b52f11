import type { ReactNode } from 'react';
import { useText } from '../i18n/i18n.ts';
import type { BranchFunction } from './functions.ts';

export function Rail({ functions, path }: { readonly functions: readonly BranchFunction[]; readonly path: string }): ReactNode {
  const { t } = useText();
  const here = [...functions]
    .sort((a, b) => b.route.length - a.route.length)
    .find(({ route }) => path === route || path.startsWith(`${route}/`));
  return (
    <nav className="rail" aria-label={t('frame.rail')} data-testid="rail">
      <ul>
        {functions.map((fn) => (
          <li key={fn.code}>
            <a href={`#${fn.route}`} aria-current={fn === here ? 'page' : undefined} data-testid={`rail-${fn.code}`}>
              <span className="rail-code">{fn.code}</span>
              <span>{t(fn.name)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
