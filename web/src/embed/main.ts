import { mount } from './loader.js';

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  // A page that is changed in place can run this again: the chat then moves.
  window.CRMFlow?.destroy();
  window.CRMFlow = mount(script);
  dispatchEvent(new Event('crmflow:ready'));
}
