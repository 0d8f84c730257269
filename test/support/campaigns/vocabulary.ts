/** What people write about in the labelled set: made-up matters, each in the words of its field. Slots are filled in by `sentences.ts`. */
export interface Matter {
  language: 'zh' | 'en';
  /** The clause of the draft that opinions quote. */
  clause: string;
  thing: readonly string[];
  people: readonly string[];
  problem: readonly string[];
  measure: readonly string[];
  reason: readonly string[];
}

const split = (words: string): readonly string[] => words.split('|');
const zh = (clause: string, thing: string, people: string, problem: string, measure: string, reason: string): Matter => ({
  language: 'zh', clause, thing: split(thing), people: split(people), problem: split(problem), measure: split(measure), reason: split(reason),
});
const en = (clause: string, thing: string, people: string, problem: string, measure: string, reason: string): Matter => ({
  ...zh(clause, thing, people, problem, measure, reason), language: 'en',
});

export const MATTERS: readonly Matter[] = [
  zh('路内停车泊位实行分区分时计费，核心区域首小时不超过六元，夜间时段由各区另行确定并向社会公布。',
    '路内停车位|夜间停车|停车收费标准|错峰共享车位|临时泊位', '附近上班的人|老小区住户|送货司机|接孩子的家长|看病的老人',
    '晚上回来根本找不到车位|收费按半小时进位太贵|商场把公共泊位圈起来自用|缴费码扫了没有反应|车位线画在盲道上',
    '夜间八点以后免费|按十五分钟为单位计费|把机关单位车位对外开放|设立半小时免费时段|每个路口公示收费依据',
    '公共道路不该变成赚钱的地方|停车费已经占了油钱的一半|周边没有地下车库可用|很多人只是停几分钟|收上来的钱去向不清楚'),
  zh('既有住宅加装电梯，应当经本单元三分之二以上业主同意，费用由受益业主按楼层系数分摊，财政给予每台不超过十五万元补贴。',
    '加装电梯|楼层分摊系数|一楼采光补偿|电梯后续维护费|加梯补贴', '高楼层的老人|一楼业主|腿脚不便的残疾人|租房的年轻人|退休教师',
    '一户反对整栋楼就装不成|底层住户的采光和通风受影响|管线迁改要自己掏钱|装好以后没人管维修|审批要跑五个部门',
    '把管线迁改纳入财政补贴|给一楼住户合理补偿|由街道牵头组织协商|建立电梯维护基金|公布统一的分摊办法',
    '楼里七十岁以上的有十几户|上下楼对他们是天大的难事|协商了两年还是没有结果|补贴到账太慢垫不起|同样的楼隔壁小区已经装好'),
  zh('餐饮摊点应当在划定区域内经营，营业时间不晚于二十三时，油烟净化设备应当每季度清洗一次并留存记录。',
    '夜市摊点|油烟排放|流动摊贩|夜间营业时间|临时摆卖区', '摆摊的下岗职工|楼上的住户|夜班工人|周边小店店主|放暑假的学生',
    '油烟直接往居民楼里飘|凌晨一点还在放音响|收摊以后满地油污|摊位费一年涨了三次|划定的区域没有人流',
    '把营业时间放宽到零点|给摊点统一接通水电|安装合格的净化设备|按月收取固定摊位费|设立专门的投诉电话',
    '一家人的生活就靠这个摊子|老人孩子晚上睡不着|烟火气也是城市的名片|没有固定摊位不敢投入|周围几条街都没有吃饭的地方'),
  zh('对首次通过认定的高新技术企业，一次性奖励二十万元；对连续三年研发投入增长超过百分之十的企业，再给予不超过五十万元奖励。',
    '高企认定奖励|研发投入补助|申报材料|奖励资金拨付|科技型中小企业', '初创企业|制造业老厂|财务人员|外地来投资的公司|刚毕业的创业者',
    '奖励兑现要等一年多|研发费用归集口径不一致|小企业够不着增长百分之十的门槛|中介机构收费太高|申报系统经常打不开',
    '把奖励改为当年兑付|按企业规模分档设置门槛|统一税务和科技部门的口径|提供免费的申报辅导|允许用上年度审计报告',
    '小微企业现金流撑不了那么久|研发见效本来就慢|同一笔费用两个部门算法不同|财务只有一个人忙不过来|周边城市的力度已经更大'),
  zh('社区老年食堂由街道委托专业机构运营，六十周岁以上户籍老年人每餐补贴三元，八十周岁以上每餐补贴五元。',
    '老年食堂|送餐上门|就餐补贴|中央厨房|食堂菜价', '独居老人|高龄夫妻|外地随迁老人|残疾老人|照顾孙辈的老人',
    '菜品一个月不换花样|送餐只到小区门口|外地户籍的老人不能享受补贴|中午去晚了就没有饭|刷卡机老人不会用',
    '让随迁老人同样享受补贴|为行动不便的人送餐到家|每周公布菜谱|开设糖尿病人窗口|允许子女线上代为充值',
    '他们在这里带孩子也是贡献|一个人做饭实在不方便|吃得放心最要紧|补贴每餐才三块钱|很多老人牙口不好'),
  zh('电动自行车集中充电场所的服务费和电费应当分别标示，服务费不得高于每千瓦时三角，物业不得另行加价。',
    '电动车充电|充电桩服务费|飞线充电|集中充电棚|换电柜', '外卖骑手|住平房的居民|小区保安|早出晚归的工人|物业公司',
    '充满一次电要五块钱|充电棚离楼门太远|充电桩坏了一半没人修|扫码预付的钱退不出来|晚上排队等不到插座',
    '把服务费和电费分开公示|按实际用电量收费|每栋楼下增设充电口|禁止预存余额不退|在地下车库划出安全区',
    '不是大家想把电瓶拎上楼|一天跑单要充两次|民用电价才五毛多|安全隐患是逼出来的|设备都是业主的公共收益建的'),
  zh('培训机构预收费不得超过三个月且不得超过五千元，全部进入监管账户，按课时划拨，退费申请应当在十五个工作日内办结。',
    '校外托管|课后服务|预收费监管|退费流程|暑期托管班', '双职工家庭|小学低年级学生|培训机构老师|单亲妈妈|乡镇学校家长',
    '机构跑路以后学费追不回来|课后服务四点半就结束|托管班挤在居民楼里|合同里写着概不退费|老师换了三次没人通知',
    '全部预收费进监管账户|把课后服务延长到六点|公布有资质的机构名单|使用统一的示范合同|由学校提供场地',
    '家长下班赶不回来|几千块钱不是小数目|孩子安全谁都不敢赌|请假一次就要扣钱|附近只有这一家有资质'),
  zh('公交线路调整应当提前三十日公示客流数据和替代方案，取消站点的，步行五百米内应当有其他线路可以替代。',
    '公交线路调整|末班车时间|社区巴士|老年卡乘车|公交站点', '住在城郊的工人|上晚自习的学生|去医院透析的病人|没有车的家庭|环卫工人',
    '末班车六点半就没有了|取消站点以后要走两里路|高峰期半小时才来一趟|线路绕了一大圈|站牌上的时刻表不准',
    '保留直达医院的线路|高峰期加密班次|开通社区小巴接驳|末班车延后到十点|调整之前公布客流数据',
    '打车一趟要三十块|早班六点就要到岗|这条线走了二十年|老人换乘两次太折腾|新区几万人只有一条线'),
  zh('养犬人应当为犬只办理登记并植入芯片，重点管理区内每户限养一只，办理费每年不超过一百元，绝育犬减半收取。',
    '养犬登记|遛狗牵绳|犬只芯片|流浪狗收容|每户限养数量', '养导盲犬的盲人|带小孩散步的人|宠物医院|独居的年轻人|保洁阿姨',
    '遛狗不牵绳没有人管|登记点全区只有两个|狗粪到处都是|收容所不公布领养信息|大型犬名录一刀切',
    '在宠物医院设登记点|对不牵绳的行为从严处罚|绝育的狗免收办理费|划出专门的遛狗区域|建立线上领养平台',
    '被狗追过的孩子不敢下楼|养狗的人也愿意守规矩|登记一次要请半天假|打疫苗的记录本来就有|邻里矛盾多半因此而起'),
  zh('人才住房租金不高于同地段市场租金的百分之六十，合同期不超过三年，期满符合条件的可以续租一次。',
    '人才住房|公租房轮候|租房补贴|共有产权房|保障房物业', '新就业大学生|技校毕业的工人|三代同住的家庭|医院护士|社区工作者',
    '轮候三年还没有消息|学历门槛把技工挡在外面|房子在远郊通勤两小时|分到的户型只有一居室|物业费比商品房还高',
    '把高级技工纳入申请范围|按家庭人口配租|公布轮候名次和房源|靠近地铁建设保障房|续租不受次数限制',
    '城市离不开一线工人|租金已经占工资四成|留住人首先要有地方住|孩子上学跟着户口走|空置的房源就在那里'),
  en('Each licensed premises shall keep noise below 55 decibels at the nearest dwelling after 10 pm and shall record complaints in a public log.',
    'late-night noise|the complaints log|outdoor seating|the 10 pm limit|delivery hours', 'shift workers|families with babies|small bar owners|students in the halls|older tenants',
    'music carries on until two in the morning|nobody answers the noise line at weekends|lorries unload under our windows at dawn|the log is never published|the limit is measured on the wrong side of the street',
    'publish every complaint within a week|move deliveries to after seven|fund soundproof glazing near the square|give officers power to close a terrace|measure the noise inside bedrooms',
    'people cannot work after a night without sleep|the square was quiet until the new licences|trade has only just recovered|other cities manage it well|a fine of fifty pounds changes nothing'),
  en('The council may remove kerbside parking on primary cycle routes provided that loading bays remain within 80 metres of every shop.',
    'the cycle lane|kerbside parking|loading bays|the school street|the bus gate', 'disabled drivers|parents cycling with children|corner shops|couriers|carers who visit by car',
    'the lane stops dead at the busiest junction|vans block the path every morning|blue badge spaces were removed without notice|drivers use the side roads as a shortcut|the map in the draft is two years old',
    'keep the blue badge bays|add a kerb between bikes and cars|trial the scheme for six months first|count the traffic on the side streets|paint loading bays on both sides',
    'two children were hit here last winter|our takings fell by a third during the works|paint alone protects nobody|the pavement is too narrow to share|nobody asked the people who live here'),
];
