import { useEffect, useState } from 'preact/hooks';

const narrow = matchMedia('(max-width: 700px)');

/** Whether the page is as narrow as on a phone: the breakpoint of the stylesheets. */
export function useIsPhone(): boolean {
  const [isPhone, setPhone] = useState(narrow.matches);
  useEffect(() => {
    const onChange = () => setPhone(narrow.matches);
    narrow.addEventListener('change', onChange);
    return () => narrow.removeEventListener('change', onChange);
  }, []);
  return isPhone;
}
