import { Modal } from 'antd';
import { useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly title: ReactNode;
  readonly testId: string;
  readonly width?: number;
  readonly children: ReactNode;
  readonly footer: ReactNode;
  readonly onClose: () => void;
}

/** A modal whose first focus is the first question, never the close button, and never a button that answers it. */
export function Dialog({ title, testId, width = 640, children, footer, onClose }: DialogProps): ReactNode {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Modal
      open
      title={title}
      width={width}
      footer={footer}
      onCancel={onClose}
      mask={{ closable: false }}
      closable={false}
      focusable={{ focusTriggerAfterClose: true }}
      afterOpenChange={(isOpen) => isOpen && focusFirst(body.current)}
    >
      <div ref={body} data-testid={testId} className="dialog-body">
        {children}
      </div>
    </Modal>
  );
}

function focusFirst(body: HTMLDivElement | null): void {
  const marked = body?.querySelector<HTMLElement>('[data-first], [data-first] input');
  const first = marked ?? body?.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]');
  first?.focus();
}
