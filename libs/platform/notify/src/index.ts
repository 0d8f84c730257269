export { listNotifications, notify, type Notice, type NoticeRow } from './notifications';
