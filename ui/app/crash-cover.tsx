import { Component, type ReactNode } from 'react';
import { sayNow } from '../i18n/i18n.ts';

/** A defect of the page never leaves an empty window: it says so, and that the daemon goes on without it. */
export class CrashCover extends Component<{ readonly children: ReactNode }, { readonly hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { readonly hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <main className="lone-note" role="alert" data-testid="crashed">
        <h1>{sayNow('app.crashed')}</h1>
        <p>{sayNow('app.crashed-what')}</p>
        <button type="button" onClick={() => window.location.reload()}>
          {sayNow('frame.reload')}
        </button>
      </main>
    );
  }
}
