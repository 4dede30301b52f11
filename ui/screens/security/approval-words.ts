import type { ApprovalStage, ApprovalView } from '../../../daemon/contract/state.ts';
import type { GlyphName } from '../../widgets/glyph.tsx';

export const approvalGlyphs: Readonly<Record<ApprovalStage, GlyphName>> = {
  asked: 'waiting',
  opened: 'running',
  granted: 'signed',
  refused: 'refused',
  withdrawn: 'idle',
  expired: 'stale',
  used: 'done',
};

export const isPending = ({ stage }: ApprovalView): boolean => stage === 'asked' || stage === 'opened';
