import type { Dice } from './random';
import type { Matter } from './vocabulary';

const split = (words: string): readonly string[] => words.split('|');

interface Bank {
  frames: readonly string[];
  slots: Readonly<Record<string, readonly string[]>>;
  greetings: readonly string[];
  closings: readonly string[];
}

/** What people add of their own: each sentence is put together from several lists, so that two are hardly ever alike. */
const BANKS: Readonly<Record<Matter['language'], Bank>> = {
  zh: {
    frames: [
      '{day}{hour}我在{place}亲眼看到{who}为这事{did}', '我家住{place}附近，{who}已经{years}年没有{wish}', '{who}今年{years}岁，{habit}，每次路过{place}都要{did}', '去年{day}，{place}的{who}还专门{did}',
      '我在{place}开了{years}年店，{who}{did}的样子至今难忘', '单位离{place}有{years}公里，我{habit}，{hour}才能到家', '我和{who}商量过，{day}打算一起到{place}{did}', '记得{who}说过，{hour}的{place}最能说明问题',
      '本人{habit}，{day}刚陪{who}去过{place}', '从{place}搬来{years}年，头一回为了{who}写信', '{who}{habit}，就盼着{hour}能{wish}', '手机里还存着{day}在{place}拍的照片，{who}也在里面',
    ],
    slots: {
      day: split('上周三|这个月初|端午前后|国庆假期|腊月里|开学那天|大前天|三月份|入伏以后|周末'), hour: split('傍晚六点多|清早|半夜|午饭时候|晚自习后|下了班|天没亮|两点来钟'),
      place: split('和平路东口|老粮站|三小北门|纺织厂宿舍|滨江步道|火车站南广场|青年桥头|菜场二楼|云湖花园|县医院门诊|汽配城|人民公园|北环立交|水塔巷|望江社区|师范后街|新开的商场|铁路新村|柳树坪|工人文化宫'),
      who: split('我母亲|隔壁王师傅|几个同事|对门的老两口|我家孩子|楼长|表弟|一位推轮椅的大姐|退休的张老师|快递小哥|岳父|合租的室友'), did: split('跟人吵起来|急得直跺脚|等了一下午|白跑了三趟|抹眼泪|请假去办|查了半天资料|拦着不让走|拍了视频|写了份说明|打听了一圈|签了字'),
      wish: split('睡个安稳觉|吃口热饭|省下路费|好好散个步|按时接孩子|看到改变|把事办成|安心做买卖'), habit: split('平时骑车上班|在外地跑运输|做了半辈子木工|身体不大好|刚刚退休|带两个孩子|在医院值夜班|靠打零工过日子|学的是会计'),
      years: split('二|三|五|七|九|十一|十六|二十四|三十一|六十八|七十三'),
    },
    greetings: ['您好！', '尊敬的领导：', '各位工作人员辛苦了，', '我是一名普通市民。', '看到征求意见的公告后，想说几句。', '领导好，打扰了。'],
    closings: ['谢谢！', '以上意见供参考。', '盼复。', '此致敬礼', '期待好消息。', '说得不对的地方请指正。'],
  },
  en: {
    frames: [
      'Last {day} I watched {who} {did} near {place}', 'I have lived by {place} for {years} years and {who} still cannot {wish}', '{who} is {years} now and has to {wish} by {place} every {day}', 'At {place} on {day} {who} {did}',
      'I run a small business at {place}, where {who} {did} {years} times', 'My bus from {place} takes {years} minutes, so I {wish} late', 'I talked it over with {who}, who {did} only on {day}', 'There is a photograph of {who} from {day} outside {place}',
    ],
    slots: {
      day: split('Tuesday|Sunday morning|Boxing Day|half-term|market day|Friday evening|the bank holiday|Monday'), place: split('Priory Bridge|the old tannery|Eastgate school|the infirmary|Mill Lane|the bowling green|Castle Steps|the ring road|Harbour Terrace|the covered market|Quarry Hill|Station Approach'),
      who: split('my mother|the man next door|two colleagues|a neighbour with a pushchair|our eldest|the caretaker|my cousin|a retired nurse|the postman'), did: split('gave up in tears|waited for hours|wrote it all down|argued with a driver|asked for a refund|signed the form|took a day off|called the police'),
      wish: split('sleep|cross the road|open on time|get home|walk the dog|hear the radio|see any change|make a living'), years: split('three|five|nine|eleven|sixteen|twenty-four|thirty|sixty-eight'),
    },
    greetings: ['Dear Sir or Madam,', 'To whom it may concern,', 'Hello,', 'I read the notice and would like to respond.'],
    closings: ['Kind regards', 'Thank you for reading this.', 'I look forward to your answer.', 'Yours faithfully'],
  },
};

/** One sentence about oneself. */
export function personalSentence(language: Matter['language'], dice: Dice): string {
  const { frames, slots } = BANKS[language];
  const text = dice.pick(frames).replace(/\{(\w+)\}/g, (_match, slot: string) => dice.pick(slots[slot] ?? []));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const greeting = (language: Matter['language'], dice: Dice): string => dice.pick(BANKS[language].greetings);
export const closing = (language: Matter['language'], dice: Dice): string => dice.pick(BANKS[language].closings);
