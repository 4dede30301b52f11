import type { KeyboardEvent, ReactNode } from 'react';

/**
 * A group of fields walked with Enter, back with Shift+Enter; Enter never submits. Keys of an input method are
 * left alone. On the last field Enter goes to what is marked `data-review`.
 */
export function FieldFlow({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div role="group" aria-label={label} className="field-flow" onKeyDown={walk}>
      {children}
    </div>
  );
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  const from = event.target;
  if (!(from instanceof HTMLInputElement)) return;
  event.preventDefault();
  if (event.repeat) return;
  const fields = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('input:not([disabled]):not([type=hidden]), [data-review]:not([disabled])'),
  ].filter(isTabStop);
  const next = fields[fields.indexOf(from) + (event.shiftKey ? -1 : 1)];
  next?.focus();
}

/** Of a group of radio buttons only the chosen one is a stop. */
function isTabStop(field: HTMLElement): boolean {
  return !(field instanceof HTMLInputElement && field.type === 'radio') || field.checked;
}
