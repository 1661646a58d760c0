import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { render } from 'preact';
import { App } from './app/app.js';
import { whenRefused } from './realtime/socket.js';
import { checkSession } from './session/session.js';
import { language } from './texts/language.js';
import { loadTexts } from './texts.js';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no element #app.');
whenRefused(() => void checkSession());
document.documentElement.lang = language;
await loadTexts();
render(<App />, root);
