import { useEffect, useState, type ReactNode } from 'react';
import type { PagePreview } from '../../../daemon/contract/http.ts';
import type { LineState, PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { get, segment } from '../../api/client.ts';
import { toRefusal, type RequestRefused } from '../../api/problem.ts';
import { useText } from '../../i18n/i18n.ts';
import { ProblemNote } from '../../widgets/problem-note.tsx';

type Line = PagePreview['lines'][number];

/** What is on the paper at such a line, nobody knows yet. */
const unsure: ReadonlySet<LineState | undefined> = new Set(['doubted', 'printing', 'sent']);

/** The page exactly as the printer places it, in millimetres (B-5): one layout serves this picture and the paper. */
export function PagePicture({ flow }: { readonly flow: PassbookUpdateView }): ReactNode {
  const { t } = useText();
  const progress = flow.lines.map(({ state }) => state[0]).join('');
  const { preview, refusal } = usePreview(flow, progress);
  if (preview === undefined)
    return refusal === undefined ? (
      <div className="skeleton" role="status" aria-label={t('app.loading')} />
    ) : (
      <ProblemNote refusal={refusal} />
    );
  const known = new Map(flow.lines.filter(({ page }) => page === preview.page).map((line) => [line.line, line.state]));
  return (
    <figure className="page-picture" data-testid="page-preview">
      <svg
        viewBox={`0 0 ${String(preview.widthMm)} ${String(preview.heightMm)}`}
        role="img"
        aria-label={t('book.preview', { page: preview.page })}
      >
        <rect width={preview.widthMm} height={preview.heightMm} rx="2" className="page-paper" />
        {preview.foldMm !== undefined && <line x1="0" x2={preview.widthMm} y1={preview.foldMm} y2={preview.foldMm} className="page-fold" />}
        {preview.lines.map((line) => (
          <g key={line.line} className={`page-line page-${known.get(line.line) ?? line.state}`} data-line={line.line}>
            {unsure.has(known.get(line.line)) && (
              <rect x="1" y={line.yMm - 0.6} width={preview.widthMm - 2} height={heightOf(line) + 1.2} className="page-mark" />
            )}
            {line.runs.map((run, index) => (
              <text
                key={index}
                x={run.xMm}
                y={line.yMm + run.heightMm * 0.85}
                fontSize={run.heightMm * 0.95}
                textLength={run.widthMm}
                lengthAdjust="spacingAndGlyphs"
              >
                {run.text}
              </text>
            ))}
          </g>
        ))}
      </svg>
      <figcaption className="soft">{t('book.preview-note')}</figcaption>
    </figure>
  );
}

const heightOf = (line: Line): number => Math.max(2.5, ...line.runs.map(({ heightMm }) => heightMm));

function usePreview(
  flow: PassbookUpdateView,
  progress: string,
): { readonly preview: PagePreview | undefined; readonly refusal: RequestRefused | undefined } {
  const { passbookId, page } = flow;
  const [preview, setPreview] = useState<PagePreview>();
  const [refusal, setRefusal] = useState<RequestRefused>();
  useEffect(() => {
    let isHere = true;
    get<PagePreview>(`/passbooks/${segment(passbookId)}/preview?page=${String(page)}`).then(
      (answer) => isHere && setPreview(answer),
      (error: unknown) => isHere && setRefusal(toRefusal(error)),
    );
    return () => {
      isHere = false;
    };
  }, [passbookId, page, progress]);
  return { preview, refusal };
}
