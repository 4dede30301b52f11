import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, type ReactNode } from 'react';
import { login, resumeLogin } from '../api/login-store.ts';
import { useText } from '../i18n/i18n.ts';
import { LoginScreen } from '../screens/login.tsx';
import { PositionChoice } from '../screens/position-choice.tsx';
import { antdTheme } from '../theme/antd-theme.ts';
import { Announcer, OutcomeToast } from './announcer.tsx';
import { CrashCover } from './crash-cover.tsx';
import { Frame } from './frame.tsx';
import { listenToKeys } from './keys.ts';

const RETRY_MS = 1500;

export function App(): ReactNode {
  const { language } = useText();
  useEffect(() => listenToKeys(), []);
  useEffect(() => untilReachable(), []);
  return (
    <ConfigProvider locale={language === 'en' ? enUS : zhCN} theme={antdTheme} button={{ autoInsertSpace: false }}>
      <AntApp className="app">
        <CrashCover>
          <Stage />
        </CrashCover>
        <Announcer />
        <OutcomeToast />
      </AntApp>
    </ConfigProvider>
  );
}

function Stage(): ReactNode {
  const { t } = useText();
  const stage = login((state) => state.stage);
  const isSettled = login((state) => state.isSettled);
  if (stage === 'asking') return <main className="lone-note">{t('app.starting')}</main>;
  if (stage === 'out') return <LoginScreen />;
  return isSettled ? <Frame /> : <PositionChoice />;
}

/** The daemon may start after the page. */
function untilReachable(): () => void {
  let timer = 0;
  const attempt = (): void => {
    resumeLogin().catch(() => {
      timer = window.setTimeout(attempt, RETRY_MS);
    });
  };
  attempt();
  return () => window.clearTimeout(timer);
}
