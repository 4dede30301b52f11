import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../i18n/i18n.ts';
import '../theme/tokens.css';
import '../theme/states.css';
import '../theme/around.css';
import '../theme/lists.css';
import '../theme/flows.css';
import '../theme/screens.css';
import '../theme/app.css';
import { App } from './app.tsx';

await startTexts();
const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
