import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../theme/tokens.css';
import './display.css';
import { CustomerDisplay } from './customer-display.tsx';

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CustomerDisplay />
    </StrictMode>,
  );
}
