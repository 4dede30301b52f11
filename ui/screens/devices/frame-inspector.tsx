import { Button, Input, Segmented } from 'antd';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { FramePage } from '../../../daemon/contract/http.ts';
import { get, segment } from '../../api/client.ts';
import { toRefusal, type RequestRefused } from '../../api/problem.ts';
import { feed } from '../../feed/store.ts';
import { useText } from '../../i18n/i18n.ts';
import { Glyph } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { RecordGrid, type GridColumn } from '../../widgets/record-grid.tsx';
import { exactTime } from '../../widgets/time.ts';
import { Panel } from '../screen-head.tsx';

type Frame = FramePage['frames'][number];
const KEPT = 5000;
const POLL_MS = 1000;

/** Raw frames, newest first. Pausing stops the view, never the record; what came meanwhile is counted. */
export function FrameInspector({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { t } = useText();
  const [heldId, setHeldId] = useState<number>();
  const [direction, setDirection] = useState<'all' | Frame['direction']>('all');
  const [sought, setSought] = useState('');
  const { frames, droppedCount, refusal } = useFrames(deviceId);
  const isPaused = heldId !== undefined;
  const rows = useMemo(() => {
    const text = sought.toLowerCase();
    return frames
      .filter((frame) => (heldId === undefined || frame.id <= heldId) && (direction === 'all' || frame.direction === direction))
      .filter((frame) => text === '' || frame.hex.toLowerCase().includes(text) || frame.says.toLowerCase().includes(text))
      .reverse();
  }, [frames, heldId, direction, sought]);
  const newCount = heldId === undefined ? 0 : frames.filter(({ id }) => id > heldId).length;
  const columns: readonly GridColumn<Frame>[] = [
    { key: 'at', title: t('frames.at'), width: '110px', render: (frame) => <span className="mono">{exactTime(frame.at)}</span> },
    {
      key: 'direction',
      title: t('frames.direction'),
      width: '100px',
      render: (frame) => (
        <>
          {frame.direction === 'junk' ? <Glyph name="failed" /> : frame.direction === 'rx' ? '→' : '←'} {t(`frames.${frame.direction}`)}
        </>
      ),
    },
    {
      key: 'hex',
      title: t('frames.hex'),
      width: 'minmax(0, 1.4fr)',
      render: (frame) => (
        <span className="mono" title={frame.hex}>
          {frame.hex}
        </span>
      ),
    },
    { key: 'says', title: t('frames.says'), width: 'minmax(0, 1fr)', render: (frame) => frame.says },
  ];
  return (
    <Panel
      title={t('frames.title')}
      testId="frames"
      extra={
        <span className="filter-line">
          <Button
            size="small"
            aria-pressed={isPaused}
            onClick={() => setHeldId(isPaused ? undefined : (frames.at(-1)?.id ?? 0))}
            data-testid="frames-pause"
          >
            {isPaused ? `${t('journal.resume')} +${String(newCount)}` : t('journal.pause')}
          </Button>
          <Segmented
            size="small"
            value={direction}
            onChange={setDirection}
            options={[
              { label: t('frames.all'), value: 'all' },
              { label: t('frames.rx'), value: 'rx' },
              { label: t('frames.tx'), value: 'tx' },
              { label: t('frames.junk'), value: 'junk' },
            ]}
          />
          <Input
            size="small"
            aria-label={t('frames.find')}
            placeholder={t('frames.find')}
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
          <span className="soft">{t('frames.kept', { kept: frames.length, dropped: droppedCount })}</span>
        </span>
      }
    >
      <RecordGrid
        label={t('frames.title')}
        testId="frame-grid"
        columns={columns}
        rows={rows}
        rowKey={(frame) => frame.id}
        rowState={(frame) => (frame.direction === 'junk' ? 'failed' : undefined)}
        empty={t('frames.empty')}
      />
      <ProblemNote refusal={refusal} />
    </Panel>
  );
}

interface Kept {
  readonly frames: readonly Frame[];
  readonly droppedCount: number;
}

function useFrames(deviceId: string): Kept & { readonly refusal: RequestRefused | undefined } {
  const [kept, setKept] = useState<Kept>({ frames: [], droppedCount: 0 });
  const [refusal, setRefusal] = useState<RequestRefused>();
  useEffect(() => {
    let isHere = true;
    let afterId = 0;
    const ask = async (): Promise<void> => {
      if (feed.getState().link !== 'live') return;
      const page = await get<FramePage>(`/devices/${segment(deviceId)}/frames?afterId=${String(afterId)}`);
      if (!isHere) return;
      afterId = page.frames.at(-1)?.id ?? afterId;
      setRefusal(undefined);
      if (page.frames.length > 0)
        setKept(({ frames }) => ({ frames: [...frames, ...page.frames].slice(-KEPT), droppedCount: page.droppedCount }));
    };
    const round = (): void => {
      ask().catch((error: unknown) => {
        const reason = toRefusal(error);
        // A role that may not see frames is told once.
        if (reason.status === 403) window.clearInterval(timer);
        if (isHere) setRefusal(reason);
      });
    };
    const timer = window.setInterval(round, POLL_MS);
    round();
    return () => {
      isHere = false;
      window.clearInterval(timer);
    };
  }, [deviceId]);
  return { ...kept, refusal };
}
