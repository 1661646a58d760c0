/** An element of SVG with a class. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  look: string,
): SVGElementTagNameMap[Name] {
  const element = window.document.createElementNS('http://www.w3.org/2000/svg', name);
  element.setAttribute('class', look);
  return element;
}
