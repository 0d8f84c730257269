import type { Face } from './standard';

/** Names of the fonts that a Chinese office has installed; Word takes another Chinese font where one is missing. */
export const WORD_FONT: Record<Face, string> = { fangsong: '仿宋_GB2312', xiaobiaosong: '方正小标宋简体', heiti: '黑体', kaiti: '楷体_GB2312', songti: '宋体' };
