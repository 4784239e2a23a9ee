import { createRoot } from 'react-dom/client';
import { isCustomerAddress } from './api.ts';
import { App } from './app/app.tsx';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import './ui/card.css';

// The press library looks for this element before adding styles from script, which the content policy forbids.
const marker = document.createElement('meta');
marker.id = 'react-aria-pressable-style';
document.head.append(marker);

const root = document.getElementById('root');
if (root === null) throw new Error('no #root in the page');
const page = createRoot(root);
if (isCustomerAddress(window.location.hash)) {
  // A window of its own, which loads nothing of the till's frame.
  void import('./app/customer-app.tsx').then(({ CustomerApp }) => page.render(<CustomerApp />));
} else {
  page.render(<App />);
}
