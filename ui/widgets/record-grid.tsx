import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useRowWindow } from './row-window.ts';

export interface GridColumn<R> {
  readonly key: string;
  readonly title: string;
  /** CSS grid track, such as `90px` or `1fr`. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly render: (row: R) => ReactNode;
}

interface RecordGridProps<R> {
  readonly label: string;
  readonly columns: readonly GridColumn<R>[];
  readonly rows: readonly R[];
  readonly empty: ReactNode;
  readonly testId?: string;
  readonly rowHeight?: number;
  readonly rowKey: (row: R) => string | number;
  readonly rowState?: (row: R) => string | undefined;
  readonly onOpen?: (row: R) => void;
}

/** A long list: only what is visible is in the page, and assistive technology still hears the true position. */
export function RecordGrid<R>(props: RecordGridProps<R>): ReactNode {
  const { columns, rows, rowHeight = 31 } = props;
  const [active, setActive] = useState(0);
  const { first, end, totalHeight, onScroll, setFrame, reveal } = useRowWindow(rows.length, rowHeight);
  const tracks = columns.map(({ width }) => width).join(' ');
  const at = Math.min(active, Math.max(0, rows.length - 1));

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    reveal(next);
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: 14,
    PageUp: -14,
    Home: -rows.length,
    End: rows.length,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const row = rows[at];
    if (step !== undefined) {
      event.preventDefault();
      move(at + step);
    } else if (event.key === 'Enter' && row !== undefined && !event.repeat) {
      event.preventDefault();
      props.onOpen?.(row);
    }
  };
  const activeId = `${props.testId ?? 'grid'}-row-${String(at)}`;

  return (
    <div
      ref={setFrame}
      className="grid"
      onScroll={onScroll}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={rows.length > 0 ? activeId : undefined}
      tabIndex={0}
      data-testid={props.testId}
      data-opens={props.onOpen !== undefined}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" aria-rowindex={1} className="grid-row" style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <div role="columnheader" key={column.key} className={column.isNumber === true ? 'number' : ''}>
              {column.title}
            </div>
          ))}
        </div>
      </div>
      {rows.length === 0 && <div className="grid-empty">{props.empty}</div>}
      <div role="rowgroup" className="grid-body" style={{ height: totalHeight, position: 'relative' }}>
        {rows.slice(first, end).map((row, offset) => {
          const index = first + offset;
          return (
            <div
              role="row"
              key={props.rowKey(row)}
              id={`${props.testId ?? 'grid'}-row-${String(index)}`}
              aria-rowindex={index + 2}
              aria-selected={index === at}
              data-state={props.rowState?.(row)}
              className="grid-row"
              style={{
                gridTemplateColumns: tracks,
                height: rowHeight,
                position: 'absolute',
                top: 0,
                left: 0,
                right: 0,
                transform: `translateY(${String(index * rowHeight)}px)`,
              }}
              onClick={() => {
                setActive(index);
                props.onOpen?.(row);
              }}
            >
              {columns.map((column) => (
                <div role="gridcell" key={column.key} className={column.isNumber === true ? 'number' : ''}>
                  {column.render(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
