import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../theme/tokens.css';
import './branch.css';
import { branchStore } from './control.ts';
import { VirtualBranch } from './virtual-branch.tsx';

document.documentElement.lang = branchStore.getState().language;
const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <VirtualBranch />
    </StrictMode>,
  );
}
