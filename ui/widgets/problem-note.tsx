import { Alert } from 'antd';
import type { ReactNode } from 'react';
import type { RequestRefused } from '../api/problem.ts';
import { refusalText } from '../i18n/error-text.ts';
import { useText } from '../i18n/i18n.ts';

/** A refusal in words: what happened, who must act, and the code to quote. */
export function ProblemNote({ refusal }: { readonly refusal: RequestRefused | undefined }): ReactNode {
  const { t, language } = useText();
  if (refusal === undefined) return null;
  return (
    <Alert
      role="alert"
      type={refusal.isUncertain ? 'warning' : 'error'}
      data-testid="problem"
      data-code={refusal.code}
      title={refusalText(refusal, language, t)}
      description={
        <span className="mono">
          {refusal.code}
          {refusal.misfits.map(({ path, message }) => ` ${path} ${message}`).join(';')}
        </span>
      }
    />
  );
}
