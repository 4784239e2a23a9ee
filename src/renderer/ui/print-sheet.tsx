import { type ReactNode, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import './print-sheet.css';

interface PrintSheetProps {
  readonly children: ReactNode;
  /** The paper, as a rule for the page; without it the print dialog's own. */
  readonly page?: string;
  readonly onDone: () => void;
}

/** Prints its children and nothing else of the window: mount it to print, it says when the print dialog closed. */
export function PrintSheet({ children, page, onDone }: PrintSheetProps): ReactNode {
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    if (page === undefined) return;
    const paper = new CSSStyleSheet();
    paper.replaceSync(page);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
    };
  }, [page]);
  useEffect(() => {
    document.body.dataset.printing = 'sheet';
    const finish = (): void => done.current();
    window.addEventListener('afterprint', finish);
    // One frame later the sheet is laid out.
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('afterprint', finish);
      delete document.body.dataset.printing;
    };
  }, []);
  return createPortal(<div className="ui-print">{children}</div>, document.body);
}
