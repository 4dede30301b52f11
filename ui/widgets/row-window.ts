import { useEffect, useState, type UIEvent } from 'react';

export interface RowWindow {
  readonly first: number;
  readonly end: number;
  readonly totalHeight: number;
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void;
  readonly setFrame: (element: HTMLDivElement | null) => void;
  readonly reveal: (index: number) => void;
}

/** Rows above and below the visible ones, so that a quick scroll shows no gap. */
const SPARE = 8;
/** The head stays on top of the rows. */
const HEAD_PX = 30;

/** Which rows of a list are in view. All rows are of one height, so no library is needed to know. */
export function useRowWindow(rowCount: number, rowHeight: number): RowWindow {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  useEffect(() => {
    if (frame === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(frame.clientHeight));
    observer.observe(frame);
    return () => observer.disconnect();
  }, [frame]);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), rowCount - 1) - SPARE);
  const end = Math.min(rowCount, first + Math.ceil(height / rowHeight) + 2 * SPARE);
  const reveal = (index: number): void => {
    if (frame === null) return;
    const rowTop = index * rowHeight;
    if (rowTop < frame.scrollTop) frame.scrollTo({ top: rowTop });
    else if (HEAD_PX + rowTop + rowHeight > frame.scrollTop + frame.clientHeight)
      frame.scrollTo({ top: HEAD_PX + rowTop + rowHeight - frame.clientHeight });
  };
  return { first, end, totalHeight: rowCount * rowHeight, onScroll: (event) => setTop(event.currentTarget.scrollTop), setFrame, reveal };
}
