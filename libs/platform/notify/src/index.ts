export { listNotifications, notify, notifyAll, type Notice, type NoticeRow } from './notifications';
