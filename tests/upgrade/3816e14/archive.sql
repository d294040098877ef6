BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE articles (
	id INTEGER NOT NULL, 
	canonical_url TEXT NOT NULL, 
	url TEXT NOT NULL, 
	source VARCHAR NOT NULL, 
	section VARCHAR NOT NULL, 
	province VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	body TEXT NOT NULL, 
	published_at DATETIME, 
	published_precision VARCHAR NOT NULL, 
	published_from TEXT NOT NULL, 
	credit TEXT, 
	reporters JSON NOT NULL, 
	editors JSON NOT NULL, 
	programme TEXT, 
	image TEXT, 
	video TEXT, 
	language VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	score FLOAT NOT NULL, 
	relevance JSON NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	first_seen_at DATETIME NOT NULL, 
	page_id INTEGER, 
	revision INTEGER NOT NULL, 
	changed_seq INTEGER NOT NULL, 
	CONSTRAINT pk_articles PRIMARY KEY (id), 
	CONSTRAINT fk_articles_page_id FOREIGN KEY(page_id) REFERENCES pages (id), 
	CONSTRAINT uq_articles_canonical_url UNIQUE (canonical_url), 
	CONSTRAINT uq_articles_changed_seq UNIQUE (changed_seq)
);
INSERT INTO "articles" VALUES(1,'https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml','cnr_anhui','home','安徽','合肥至上海量子保密通信干线完成扩容 金融政务用户翻番','央广网合肥11月6日消息（记者王子衿 刘见微）合肥至上海量子保密通信骨干线路近日完成扩容，密钥分发速率提高到原来的五倍，沿线南京、苏州、芜湖的接入站同步改造。
扩容最直接的受益者是银行。一家总部在上海、数据中心在合肥的银行把每天的对账文件改走量子线路，科技部经理算了一笔账：过去租专线加硬件加密机，一年两百多万，现在按流量付费，省了将近一半。
安徽、江苏和上海三地的通信管理部门为此签署了联合运维协议，故障由距离最近的一方先抢修，再算账。今年夏天台风过境，苏州段光缆中断，抢修队从无锡出发，四十二分钟恢复。
参与建设的工程师介绍，明年线路还将向杭州延伸，形成沪宁合杭环线，并向政务、电力、医疗用户开放试用。
（本文已更新。）','2026-11-06 02:18:00.000000','minute','css:div.article-header span:nth-of-type(1)','央广网','["\u738b\u5b50\u887f", "\u5218\u89c1\u5fae"]','["\u97e9\u662d"]',NULL,NULL,NULL,'zh','related',39.2,'{"level": "related", "score": 39.2, "reason": "two provinces or a cooperation, which the lead explains, in the title; 3 of 7 sentences count", "topics": ["\u516c\u5171\u670d\u52a1\u4e0e\u6c11\u751f", "\u80fd\u6e90\u4e0e\u6570\u5b57\u57fa\u7840"], "provinces": ["\u5b89\u5fbd", "\u6c5f\u82cf", "\u4e0a\u6d77", "\u6d59\u6c5f"], "cities": ["\u4e0a\u6d77", "\u5408\u80a5", "\u5357\u4eac", "\u676d\u5dde", "\u82cf\u5dde", "\u65e0\u9521", "\u829c\u6e56"], "vehicles": [], "terms": [{"text": "\u5408\u80a5", "kind": "city", "field": "title", "start": 0, "end": 2}, {"text": "\u4e0a\u6d77", "kind": "city", "field": "title", "start": 3, "end": 5}, {"text": "\u5408\u80a5", "kind": "city", "field": "body", "start": 23, "end": 25}, {"text": "\u4e0a\u6d77", "kind": "city", "field": "body", "start": 26, "end": 28}, {"text": "\u5357\u4eac", "kind": "city", "field": "body", "start": 62, "end": 64}, {"text": "\u82cf\u5dde", "kind": "city", "field": "body", "start": 65, "end": 67}, {"text": "\u829c\u6e56", "kind": "city", "field": "body", "start": 68, "end": 70}, {"text": "\u540c\u6b65", "kind": "cooperation", "field": "body", "start": 74, "end": 76}, {"text": "\u5b89\u5fbd", "kind": "province", "field": "body", "start": 172, "end": 174}, {"text": "\u6c5f\u82cf", "kind": "province", "field": "body", "start": 175, "end": 177}, {"text": "\u4e0a\u6d77", "kind": "city", "field": "body", "start": 178, "end": 180}, {"text": "\u7b7e\u7f72", "kind": "cooperation", "field": "body", "start": 191, "end": 193}, {"text": "\u8054\u5408", "kind": "cooperation", "field": "body", "start": 194, "end": 196}]}','2026-11-28 21:56:00.926101','2026-11-28 21:56:00.926101',1,2,6);
INSERT INTO "articles" VALUES(2,'https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml','https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml','cnr_anhui','home','安徽','公积金异地贷款不再开证明 上海缴存滁州买房一次办完','央广网合肥11月10日消息（记者王子衿）在松江上班、在滁州来安买房的工程师葛亮，上月底从来安县的公积金窗口拿到了贷款。没有回上海开缴存证明，也没有来回寄材料，他只去了一次，前后两个半小时。
长三角住房公积金一体化平台今年接入了第三十九个城市。滁州市公积金中心的负责人介绍，以前异地贷款最费事的是证明，真假难辨，打电话核实对方还常占线；现在系统直接查到缴存记录，连还款也能从上海的账户按月划。
来安离南京只有半小时车程，离上海高铁不到两小时。今年前十个月，当地办理异地公积金贷款一千二百笔，其中沪宁两地的缴存职工占七成。
平台的下一项功能是提取互认，租房提取、大病提取将率先在沪苏浙皖的十二个城市同步。','2026-11-10 01:48:00.000000','minute','css:div.article-header span:nth-of-type(1)','央广网','["\u738b\u5b50\u887f"]','["\u5b5f\u5ead"]',NULL,NULL,NULL,'zh','core',91.4,'{"level": "core", "score": 91.4, "reason": "two or more of the provinces and a cooperation between them in the title; 4 of 9 sentences count", "topics": ["\u516c\u5171\u670d\u52a1\u4e0e\u6c11\u751f", "\u4ea4\u901a\u4e92\u8054"], "provinces": ["\u4e0a\u6d77", "\u5b89\u5fbd", "\u6c5f\u82cf", "\u6d59\u6c5f"], "cities": ["\u4e0a\u6d77", "\u6ec1\u5dde", "\u5357\u4eac"], "vehicles": [], "terms": [{"text": "\u516c\u79ef\u91d1\u5f02\u5730", "kind": "topic", "field": "title", "start": 0, "end": 5}, {"text": "\u4e0a\u6d77", "kind": "city", "field": "title", "start": 13, "end": 15}, {"text": "\u6ec1\u5dde", "kind": "city", "field": "title", "start": 17, "end": 19}, {"text": "\u957f\u4e09\u89d2\u4f4f\u623f\u516c\u79ef\u91d1\u4e00\u4f53\u5316", "kind": "integration", "field": "body", "start": 95, "end": 106}, {"text": "\u5f02\u5730", "kind": "cooperation", "field": "body", "start": 231, "end": 233}, {"text": "\u6caa\u5b81", "kind": "city", "field": "body", "start": 246, "end": 248}, {"text": "\u4e92\u8ba4", "kind": "cooperation", "field": "body", "start": 271, "end": 273}, {"text": "\u6caa\u82cf\u6d59\u7696", "kind": "region", "field": "body", "start": 287, "end": 291}, {"text": "\u540c\u6b65", "kind": "cooperation", "field": "body", "start": 297, "end": 299}]}','2026-11-28 21:56:01.434311','2026-11-28 21:56:01.434311',3,1,2);
INSERT INTO "articles" VALUES(3,'https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml','https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml','cnr_anhui','home','安徽','新安江的水又评了一次分 皖浙生态补偿算起产业账','歙县街口断面，皖浙两省的监测人员同时把采样瓶沉入江心，再各自带走一半。这样的联合取样每月一次，已经坚持了十四年，两边的数据差得最多的一回，只有百分之二。
新安江是安徽人的母亲河，也是千岛湖的水源。早年上游养鱼、下游喝水，吵得最凶的时候两省各拿各的化验单。如今争论的题目换了：水质稳定在二类，补偿的钱该怎么花、还能不能生出新的钱。
答案写在最新一轮的生态保护补偿协议里，除了两省各出资金、按水质结算，还加进了产业和人才。黄山市休宁县的泉水鱼以“千岛湖上游水”为商标进了杭州的盒马，淳安的民宿协会派店长到歙县深渡驻点带班，一年带出三十一家。杭州的一家环保设备公司把总装线搬到了徽州区，理由是“离我们要治的水最近”。
“从前保护是花钱，现在保护是本钱。”深渡镇的一位老船工这样讲，他的两条渔船早已交了，如今开的是电动的巡护艇。
安徽省生态环境部门表示，新安江—千岛湖的做法正在向滁河、洪泽湖等跨省水体推开，沪苏浙皖将共同编制长三角流域补偿的计量规则。','2026-11-14 00:15:40.000000','minute','css:div.article-header span:nth-of-type(1)','安徽新闻联播','[]','["\u5b5f\u5ead"]','安徽新闻联播',NULL,NULL,'zh','core',69.0,'{"level": "core", "score": 69.0, "reason": "two or more of the provinces and a cooperation between them in the title; 4 of 12 sentences count", "topics": ["\u751f\u6001\u73af\u4fdd"], "provinces": ["\u5b89\u5fbd", "\u6d59\u6c5f"], "cities": ["\u676d\u5dde", "\u9ec4\u5c71"], "vehicles": ["\u65b0\u5b89\u6c5f\u6d41\u57df\u751f\u6001\u8865\u507f"], "terms": [{"text": "\u7696\u6d59", "kind": "province", "field": "title", "start": 12, "end": 14}, {"text": "\u751f\u6001\u8865\u507f", "kind": "topic", "field": "title", "start": 14, "end": 18}, {"text": "\u8054\u5408", "kind": "cooperation", "field": "body", "start": 38, "end": 40}, {"text": "\u751f\u6001\u4fdd\u62a4\u8865\u507f", "kind": "topic", "field": "body", "start": 174, "end": 180}, {"text": "\u5b89\u5fbd\u7701", "kind": "province", "field": "body", "start": 361, "end": 364}, {"text": "\u65b0\u5b89\u6c5f\u2014\u5343\u5c9b\u6e56", "kind": "vehicle", "field": "body", "start": 373, "end": 380}, {"text": "\u8de8\u7701", "kind": "cooperation", "field": "body", "start": 393, "end": 395}, {"text": "\u6caa\u82cf\u6d59\u7696", "kind": "region", "field": "body", "start": 400, "end": 404}, {"text": "\u5171\u540c\u7f16\u5236", "kind": "cooperation", "field": "body", "start": 405, "end": 409}, {"text": "\u957f\u4e09\u89d2", "kind": "region", "field": "body", "start": 409, "end": 412}]}','2026-11-28 21:56:01.630189','2026-11-28 21:56:01.630189',4,1,3);
INSERT INTO "articles" VALUES(4,'https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml','https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml','cnr_anhui','home','安徽','合肥芜湖宣城企业加入G60科创走廊新型储能产业联盟','长三角G60科创走廊新型储能产业联盟昨天在松江成立，来自上海、嘉兴、杭州、金华、苏州、湖州、宣城、芜湖、合肥的四十七家企业和高校成为首批成员。
联盟带来的第一份“见面礼”是一张缺口清单：电解液添加剂、液冷板焊接、消防早期预警等二十三项短板，由企业出题、出钱，九个城市的科研团队揭榜。松江一家系统集成商当场认领了三项，对接的分别是合肥的材料团队、湖州的热管理工厂和苏州的传感器公司。
G60科创走廊联席会议办公室有关负责人介绍，联盟不设常驻机构，每季度轮流坐庄，会前由轮值城市跑遍其余八地收集问题。中试环节最缺场地，宣城腾出一座闲置厂房改成共用中试线，使用费按次结算。','2026-11-15 04:06:05.000000','minute','css:div.article-header span:nth-of-type(1)','东方网','[]','["\u97e9\u662d"]',NULL,NULL,NULL,'zh','core',100.0,'{"level": "core", "score": 100.0, "reason": "the integration, or an undertaking, plan or body of it, is named in the title; 5 of 6 sentences count", "topics": ["\u79d1\u6280\u521b\u65b0", "\u4ea7\u4e1a\u534f\u540c", "\u5e94\u6025\u4e0e\u5b89\u5168"], "provinces": ["\u5b89\u5fbd", "\u6d59\u6c5f", "\u4e0a\u6d77", "\u6c5f\u82cf"], "cities": ["\u5408\u80a5", "\u5ba3\u57ce", "\u4e0a\u6d77", "\u829c\u6e56", "\u6e56\u5dde", "\u82cf\u5dde", "\u5609\u5174", "\u676d\u5dde", "\u91d1\u534e"], "vehicles": ["\u957f\u4e09\u89d2G60\u79d1\u521b\u8d70\u5eca"], "terms": [{"text": "\u5408\u80a5", "kind": "city", "field": "title", "start": 0, "end": 2}, {"text": "\u829c\u6e56", "kind": "city", "field": "title", "start": 2, "end": 4}, {"text": "\u5ba3\u57ce", "kind": "city", "field": "title", "start": 4, "end": 6}, {"text": "G60\u79d1\u521b\u8d70\u5eca", "kind": "vehicle", "field": "title", "start": 10, "end": 17}, {"text": "\u8054\u76df", "kind": "cooperation", "field": "title", "start": 23, "end": 25}, {"text": "\u957f\u4e09\u89d2G60\u79d1\u521b\u8d70\u5eca", "kind": "vehicle", "field": "body", "start": 0, "end": 10}, {"text": "\u8054\u76df", "kind": "cooperation", "field": "body", "start": 16, "end": 18}, {"text": "\u677e\u6c5f", "kind": "city", "field": "body", "start": 21, "end": 23}, {"text": "\u4e0a\u6d77", "kind": "city", "field": "body", "start": 28, "end": 30}, {"text": "\u5609\u5174", "kind": "city", "field": "body", "start": 31, "end": 33}, {"text": "\u676d\u5dde", "kind": "city", "field": "body", "start": 34, "end": 36}, {"text": "\u91d1\u534e", "kind": "city", "field": "body", "start": 37, "end": 39}, {"text": "\u82cf\u5dde", "kind": "city", "field": "body", "start": 40, "end": 42}, {"text": "\u6e56\u5dde", "kind": "city", "field": "body", "start": 43, "end": 45}, {"text": "\u5ba3\u57ce", "kind": "city", "field": "body", "start": 46, "end": 48}, {"text": "\u829c\u6e56", "kind": "city", "field": "body", "start": 49, "end": 51}, {"text": "\u5408\u80a5", "kind": "city", "field": "body", "start": 52, "end": 54}, {"text": "\u8054\u76df", "kind": "cooperation", "field": "body", "start": 72, "end": 74}, {"text": "\u677e\u6c5f", "kind": "city", "field": "body", "start": 141, "end": 143}, {"text": "\u5bf9\u63a5", "kind": "cooperation", "field": "body", "start": 158, "end": 160}, {"text": "\u5408\u80a5", "kind": "city", "field": "body", "start": 164, "end": 166}, {"text": "\u6e56\u5dde", "kind": "city", "field": "body", "start": 172, "end": 174}, {"text": "\u82cf\u5dde", "kind": "city", "field": "body", "start": 181, "end": 183}, {"text": "G60\u79d1\u521b\u8d70\u5eca\u8054\u5e2d\u4f1a\u8bae\u529e\u516c\u5ba4", "kind": "body", "field": "body", "start": 191, "end": 205}, {"text": "\u8054\u76df", "kind": "cooperation", "field": "body", "start": 213, "end": 215}]}','2026-11-28 21:56:01.802452','2026-11-28 21:56:01.802452',5,1,4);
INSERT INTO "articles" VALUES(5,'https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml','cnr_anhui','home','安徽','闵行干部在淮南：两年留下一条生产线','孔卫东的办公桌上摆着两张合影，一张是闵行莘庄，一张是淮南凤台。两年前，他作为上海结对帮扶的干部来到皖北，任务写得很实：至少落一个能雇一百人的项目。
第一年，他带了十一拨客商来看，走了十一拨。有人嫌物流慢，有人嫌工人不愿倒班。他把意见抄成一张表，和县里一条一条改：给园区加了货运专线，把夜班的食堂开到两点，幼儿园延到晚上八点。
第二年春天，闵行一家做光伏支架的企业终于签约，用了县里闲置的纺织厂房。如今三百一十人在这里上班，八成是从外地回来的。企业老总说，皖北承接产业转移，不是把旧机器搬来，而是把新的一半放在这里。
按照沪苏浙城市结对合作帮扶皖北城市的安排，闵行与淮南、松江与六安、苏州与阜阳等八对“亲家”今年新签项目一百零六个。','2026-11-06 02:24:00.000000','minute','css:div.article-header span:nth-of-type(1)','安徽广播电视台','[]','["\u97e9\u662d"]',NULL,NULL,NULL,'zh','core',68.0,'{"level": "core", "score": 68.0, "reason": "the integration, or an undertaking, plan or body of it, is named in the lead; 4 of 10 sentences count", "topics": ["\u4ea7\u4e1a\u534f\u540c", "\u80fd\u6e90\u4e0e\u6570\u5b57\u57fa\u7840"], "provinces": ["\u5b89\u5fbd", "\u4e0a\u6d77", "\u6c5f\u82cf"], "cities": ["\u4e0a\u6d77", "\u6dee\u5357", "\u516d\u5b89", "\u82cf\u5dde", "\u961c\u9633", "\u9a6c\u978d\u5c71"], "vehicles": ["\u6caa\u82cf\u6d59\u57ce\u5e02\u7ed3\u5bf9\u5408\u4f5c\u5e2e\u6276\u7696\u5317\u57ce\u5e02", "\u7696\u5317\u627f\u63a5\u4ea7\u4e1a\u8f6c\u79fb\u96c6\u805a\u533a"], "terms": [{"text": "\u95f5\u884c", "kind": "city", "field": "title", "start": 0, "end": 2}, {"text": "\u6dee\u5357", "kind": "city", "field": "title", "start": 5, "end": 7}, {"text": "\u4e0a\u6d77", "kind": "city", "field": "body", "start": 38, "end": 40}, {"text": "\u7ed3\u5bf9\u5e2e\u6276", "kind": "topic", "field": "body", "start": 40, "end": 44}, {"text": "\u7696\u5317", "kind": "province", "field": "body", "start": 49, "end": 51}, {"text": "\u7696\u5317\u627f\u63a5\u4ea7\u4e1a\u8f6c\u79fb", "kind": "vehicle", "field": "body", "start": 227, "end": 235}, {"text": "\u6caa\u82cf\u6d59\u57ce\u5e02\u7ed3\u5bf9\u5408\u4f5c\u5e2e\u6276\u7696\u5317\u57ce\u5e02", "kind": "vehicle", "field": "body", "start": 260, "end": 275}, {"text": "\u95f5\u884c", "kind": "city", "field": "body", "start": 279, "end": 281}, {"text": "\u6dee\u5357", "kind": "city", "field": "body", "start": 282, "end": 284}, {"text": "\u677e\u6c5f", "kind": "city", "field": "body", "start": 285, "end": 287}, {"text": "\u516d\u5b89", "kind": "city", "field": "body", "start": 288, "end": 290}, {"text": "\u82cf\u5dde", "kind": "city", "field": "body", "start": 291, "end": 293}, {"text": "\u961c\u9633", "kind": "city", "field": "body", "start": 294, "end": 296}]}','2026-11-28 21:56:01.237714','2026-11-28 21:56:01.237714',2,1,5);
CREATE TABLE dead_letters (
	index_name VARCHAR NOT NULL, 
	story_id VARCHAR NOT NULL, 
	revision BIGINT NOT NULL, 
	reason TEXT NOT NULL, 
	refused_at DATETIME NOT NULL, dropped BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_dead_letters PRIMARY KEY (index_name, story_id)
);
INSERT INTO "dead_letters" VALUES('elasticsearch','472daa43ec25618b',1,'a field is too long','2026-11-28 21:57:08.284371',0);
CREATE TABLE folding (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_folding PRIMARY KEY (name)
);
INSERT INTO "folding" VALUES('algorithm','4-5-20-28-4-20261125');
INSERT INTO "folding" VALUES('cursor','5');
INSERT INTO "folding" VALUES('tombstones of embedded','2026-11-28T21:56:55.256774+00:00');
CREATE TABLE links (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	section VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	fetch_url TEXT, 
	canonical_url TEXT NOT NULL, 
	title TEXT NOT NULL, 
	listed_at DATETIME, 
	found_at DATETIME NOT NULL, 
	status VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	next_try_at DATETIME, 
	error TEXT, 
	error_at DATETIME, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT uq_links_canonical_url UNIQUE (canonical_url)
);
INSERT INTO "links" VALUES(1,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml',NULL,'https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml','合肥芜湖宣城企业加入G60科创走廊新型储能产业联盟',NULL,'2026-11-28 21:56:00.529669','fetched',0,NULL,NULL,NULL);
INSERT INTO "links" VALUES(2,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml',NULL,'https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml','新安江的水又评了一次分 皖浙生态补偿算起产业账',NULL,'2026-11-28 21:56:00.529669','fetched',0,NULL,NULL,NULL);
INSERT INTO "links" VALUES(3,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml',NULL,'https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml','公积金异地贷款不再开证明 上海缴存滁州买房一次办完',NULL,'2026-11-28 21:56:00.529669','fetched',0,NULL,NULL,NULL);
INSERT INTO "links" VALUES(4,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml',NULL,'https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml','闵行干部在淮南：两年留下一条生产线',NULL,'2026-11-28 21:56:00.529669','fetched',0,NULL,NULL,NULL);
INSERT INTO "links" VALUES(5,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml',NULL,'https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml','合肥至上海量子保密通信干线完成扩容 金融政务用户翻番',NULL,'2026-11-28 21:56:00.529669','fetched',0,NULL,NULL,NULL);
INSERT INTO "links" VALUES(6,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261026/t20261026_527705600.shtml',NULL,'https://www.cnr.cn/ah/ahxw/20261026/t20261026_527705600.shtml','技工跨省“共享”：滁州的焊工在宁波干旺季',NULL,'2026-11-28 21:56:00.529669','pending',0,NULL,NULL,NULL);
INSERT INTO "links" VALUES(7,'cnr_anhui','yw','https://ah.cnr.cn/upgrade/fails.shtml',NULL,'https://ah.cnr.cn/upgrade/fails.shtml','',NULL,'2026-11-28 21:57:08.199966','failed',1,'2026-11-28 22:07:08.202720','HTTP 503','2026-11-28 21:57:08.202720');
INSERT INTO "links" VALUES(8,'cnr_anhui','yw','https://ah.cnr.cn/upgrade/refused.shtml',NULL,'https://ah.cnr.cn/upgrade/refused.shtml','',NULL,'2026-11-28 21:57:08.201266','refused',0,NULL,'robots.txt forbids it','2026-11-28 21:57:08.226068');
INSERT INTO "links" VALUES(9,'cnr_anhui','yw','https://ah.cnr.cn/upgrade/waits.shtml',NULL,'https://ah.cnr.cn/upgrade/waits.shtml','',NULL,'2026-11-28 21:57:08.201592','pending',0,NULL,NULL,NULL);
CREATE TABLE lists (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	section VARCHAR NOT NULL, 
	"key" TEXT NOT NULL, 
	request JSON NOT NULL, 
	depth INTEGER NOT NULL, 
	pending BOOLEAN NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	body_hash VARCHAR, 
	link_count INTEGER NOT NULL, 
	checked_at DATETIME, 
	walked_to DATETIME, 
	problem TEXT, 
	CONSTRAINT pk_lists PRIMARY KEY (id), 
	CONSTRAINT uq_lists_source_section_key UNIQUE (source, section, "key")
);
INSERT INTO "lists" VALUES(1,'cnr_anhui','home','https://www.cnr.cn/ah/','{"url": "https://www.cnr.cn/ah/", "method": "GET", "body": "", "content_type": "", "page": 1, "day": null}',0,0,'"56217082c62b0f344b4d"','Sun, 15 Nov 2026 12:06:05 +0800','56217082c62b0f344b4decd379e91dbaf1396674f5cae943840a8fe12219cd39',6,'2026-11-28 21:56:00.530566',NULL,NULL);
CREATE TABLE outbox (
	index_name VARCHAR NOT NULL, 
	story_id VARCHAR NOT NULL, 
	revision BIGINT NOT NULL, 
	queued_at DATETIME NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (index_name, story_id)
);
INSERT INTO "outbox" VALUES('elasticsearch','0ad9897c8a6dfa71',1,'2026-11-28 21:57:08.283610');
CREATE TABLE pages (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	section VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	canonical_url TEXT NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	content_type TEXT, 
	warc_file VARCHAR NOT NULL, 
	warc_offset INTEGER NOT NULL, 
	warc_length INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	extracted_at DATETIME, 
	verdict VARCHAR, 
	reason TEXT, tries INTEGER DEFAULT '0' NOT NULL, next_try_at DATETIME, extraction_version VARCHAR, 
	CONSTRAINT pk_pages PRIMARY KEY (id)
);
INSERT INTO "pages" VALUES(1,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml','2026-11-28 21:56:00.926101','text/html; charset=utf-8','2026-11/20261128T215600-8955-6fe93d0c.warc.gz',289,1715,'06e8904aafe2798a039782b87221c3a548c0f69ed5229613f6425946fb16eb44','2026-11-28 21:56:27.451852','article','300 characters in 4 paragraphs, 100% prose',0,NULL,NULL);
INSERT INTO "pages" VALUES(2,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml','https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml','2026-11-28 21:56:01.237714','text/html; charset=utf-8','2026-11/20261128T215600-8955-6fe93d0c.warc.gz',2004,1726,'7b4943cac39323f7b1507b188a5b4a44d14ace6b487f7d30a47f9c997a74677b','2026-11-28 21:56:29.692155','article','312 characters in 4 paragraphs, 100% prose',0,NULL,NULL);
INSERT INTO "pages" VALUES(3,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml','https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml','2026-11-28 21:56:01.434311','text/html; charset=utf-8','2026-11/20261128T215600-8955-6fe93d0c.warc.gz',3730,1675,'338cfa045e740d8e010c88873c7c10cdcdb0bd6b030909704e0e9efecf913837','2026-11-28 21:56:27.714443','article','297 characters in 4 paragraphs, 100% prose',0,NULL,NULL);
INSERT INTO "pages" VALUES(4,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml','https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml','2026-11-28 21:56:01.630189','text/html; charset=utf-8','2026-11/20261128T215600-8955-6fe93d0c.warc.gz',5405,1951,'b74dc52948b5da45fd6cf59c9247f3e75ade1d412dd72e5c70f87b46df999a1d','2026-11-28 21:56:27.864379','article','418 characters in 5 paragraphs, 100% prose',0,NULL,NULL);
INSERT INTO "pages" VALUES(5,'cnr_anhui','home','https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml','https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml','2026-11-28 21:56:01.802452','text/html; charset=utf-8','2026-11/20261128T215600-8955-6fe93d0c.warc.gz',7356,1674,'15ba77dd92783ebd6b28cad159dc24355492134c3eccebf521c2d3d00dc8b2ad','2026-11-28 21:56:27.956286','article','281 characters in 3 paragraphs, 100% prose',0,NULL,NULL);
CREATE TABLE pauses (
	domain VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_pauses PRIMARY KEY (domain)
);
INSERT INTO "pauses" VALUES('ahtv.cn','2026-12-01 21:57:08.246481','Retry-After');
CREATE TABLE revisions (
	article_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	body TEXT NOT NULL, 
	published_at DATETIME, 
	credit TEXT, 
	page_id INTEGER, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (article_id, revision), 
	CONSTRAINT fk_revisions_article_id FOREIGN KEY(article_id) REFERENCES articles (id), 
	CONSTRAINT fk_revisions_page_id FOREIGN KEY(page_id) REFERENCES pages (id)
);
INSERT INTO "revisions" VALUES(1,1,'合肥至上海量子保密通信干线完成扩容 金融政务用户翻番','央广网合肥11月6日消息（记者王子衿 刘见微）合肥至上海量子保密通信骨干线路近日完成扩容，密钥分发速率提高到原来的五倍，沿线南京、苏州、芜湖的接入站同步改造。
扩容最直接的受益者是银行。一家总部在上海、数据中心在合肥的银行把每天的对账文件改走量子线路，科技部经理算了一笔账：过去租专线加硬件加密机，一年两百多万，现在按流量付费，省了将近一半。
安徽、江苏和上海三地的通信管理部门为此签署了联合运维协议，故障由距离最近的一方先抢修，再算账。今年夏天台风过境，苏州段光缆中断，抢修队从无锡出发，四十二分钟恢复。
参与建设的工程师介绍，明年线路还将向杭州延伸，形成沪宁合杭环线，并向政务、电力、医疗用户开放试用。','2026-11-06 02:18:00.000000','央广网',1,'2026-11-28 21:56:00.926101');
INSERT INTO "revisions" VALUES(2,1,'公积金异地贷款不再开证明 上海缴存滁州买房一次办完','央广网合肥11月10日消息（记者王子衿）在松江上班、在滁州来安买房的工程师葛亮，上月底从来安县的公积金窗口拿到了贷款。没有回上海开缴存证明，也没有来回寄材料，他只去了一次，前后两个半小时。
长三角住房公积金一体化平台今年接入了第三十九个城市。滁州市公积金中心的负责人介绍，以前异地贷款最费事的是证明，真假难辨，打电话核实对方还常占线；现在系统直接查到缴存记录，连还款也能从上海的账户按月划。
来安离南京只有半小时车程，离上海高铁不到两小时。今年前十个月，当地办理异地公积金贷款一千二百笔，其中沪宁两地的缴存职工占七成。
平台的下一项功能是提取互认，租房提取、大病提取将率先在沪苏浙皖的十二个城市同步。','2026-11-10 01:48:00.000000','央广网',3,'2026-11-28 21:56:01.434311');
INSERT INTO "revisions" VALUES(3,1,'新安江的水又评了一次分 皖浙生态补偿算起产业账','歙县街口断面，皖浙两省的监测人员同时把采样瓶沉入江心，再各自带走一半。这样的联合取样每月一次，已经坚持了十四年，两边的数据差得最多的一回，只有百分之二。
新安江是安徽人的母亲河，也是千岛湖的水源。早年上游养鱼、下游喝水，吵得最凶的时候两省各拿各的化验单。如今争论的题目换了：水质稳定在二类，补偿的钱该怎么花、还能不能生出新的钱。
答案写在最新一轮的生态保护补偿协议里，除了两省各出资金、按水质结算，还加进了产业和人才。黄山市休宁县的泉水鱼以“千岛湖上游水”为商标进了杭州的盒马，淳安的民宿协会派店长到歙县深渡驻点带班，一年带出三十一家。杭州的一家环保设备公司把总装线搬到了徽州区，理由是“离我们要治的水最近”。
“从前保护是花钱，现在保护是本钱。”深渡镇的一位老船工这样讲，他的两条渔船早已交了，如今开的是电动的巡护艇。
安徽省生态环境部门表示，新安江—千岛湖的做法正在向滁河、洪泽湖等跨省水体推开，沪苏浙皖将共同编制长三角流域补偿的计量规则。','2026-11-14 00:15:40.000000','安徽新闻联播',4,'2026-11-28 21:56:01.630189');
INSERT INTO "revisions" VALUES(4,1,'合肥芜湖宣城企业加入G60科创走廊新型储能产业联盟','长三角G60科创走廊新型储能产业联盟昨天在松江成立，来自上海、嘉兴、杭州、金华、苏州、湖州、宣城、芜湖、合肥的四十七家企业和高校成为首批成员。
联盟带来的第一份“见面礼”是一张缺口清单：电解液添加剂、液冷板焊接、消防早期预警等二十三项短板，由企业出题、出钱，九个城市的科研团队揭榜。松江一家系统集成商当场认领了三项，对接的分别是合肥的材料团队、湖州的热管理工厂和苏州的传感器公司。
G60科创走廊联席会议办公室有关负责人介绍，联盟不设常驻机构，每季度轮流坐庄，会前由轮值城市跑遍其余八地收集问题。中试环节最缺场地，宣城腾出一座闲置厂房改成共用中试线，使用费按次结算。','2026-11-15 04:06:05.000000','东方网',5,'2026-11-28 21:56:01.802452');
INSERT INTO "revisions" VALUES(5,1,'闵行干部在淮南：两年留下一条生产线','孔卫东的办公桌上摆着两张合影，一张是闵行莘庄，一张是淮南凤台。两年前，他作为上海结对帮扶的干部来到皖北，任务写得很实：至少落一个能雇一百人的项目。
第一年，他带了十一拨客商来看，走了十一拨。有人嫌物流慢，有人嫌工人不愿倒班。他把意见抄成一张表，和县里一条一条改：给园区加了货运专线，把夜班的食堂开到两点，幼儿园延到晚上八点。
第二年春天，闵行一家做光伏支架的企业终于签约，用了县里闲置的纺织厂房。如今三百一十人在这里上班，八成是从外地回来的。企业老总说，皖北承接产业转移，不是把旧机器搬来，而是把新的一半放在这里。
按照沪苏浙城市结对合作帮扶皖北城市的安排，闵行与淮南、松江与六安、苏州与阜阳等八对“亲家”今年新签项目一百零六个。','2026-11-06 02:24:00.000000','安徽广播电视台',2,'2026-11-28 21:56:01.237714');
INSERT INTO "revisions" VALUES(1,2,'合肥至上海量子保密通信干线完成扩容 金融政务用户翻番','央广网合肥11月6日消息（记者王子衿 刘见微）合肥至上海量子保密通信骨干线路近日完成扩容，密钥分发速率提高到原来的五倍，沿线南京、苏州、芜湖的接入站同步改造。
扩容最直接的受益者是银行。一家总部在上海、数据中心在合肥的银行把每天的对账文件改走量子线路，科技部经理算了一笔账：过去租专线加硬件加密机，一年两百多万，现在按流量付费，省了将近一半。
安徽、江苏和上海三地的通信管理部门为此签署了联合运维协议，故障由距离最近的一方先抢修，再算账。今年夏天台风过境，苏州段光缆中断，抢修队从无锡出发，四十二分钟恢复。
参与建设的工程师介绍，明年线路还将向杭州延伸，形成沪宁合杭环线，并向政务、电力、医疗用户开放试用。
（本文已更新。）','2026-11-06 02:18:00.000000','央广网',1,'2026-11-28 21:56:00.926101');
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	status VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	counts JSON NOT NULL, 
	error TEXT, 
	CONSTRAINT pk_runs PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES(1,'cnr_anhui','2026-11-28 21:55:59.462425','2026-11-28 21:56:29.781887','ok','command','{"lists": 1, "lists_unchanged": 0, "lists_failed": 0, "links_found": 6, "pages": 5, "pages_failed": 0, "leftovers": 0, "articles": 5, "revised": 0, "relevant": 5, "not_relevant": 0, "rejected": 0, "waiting": 0, "unreadable": 0, "refused": 0, "left": 1}',NULL);
INSERT INTO "runs" VALUES(2,'jstv','2026-11-28 21:57:08.244605','2026-11-28 21:57:08.245570','failed','service','{"lists": 0, "lists_unchanged": 0, "lists_failed": 0, "links_found": 0, "pages": 0, "pages_failed": 0, "leftovers": 0, "articles": 0, "revised": 0, "relevant": 0, "not_relevant": 0, "rejected": 0, "waiting": 0, "unreadable": 0, "refused": 0, "left": 0}','no list could be read');
INSERT INTO "runs" VALUES(3,'ahtv','2026-11-28 21:57:08.246322',NULL,'running','command','{}',NULL);
CREATE TABLE search_indexes (
	name VARCHAR NOT NULL, 
	registered_at DATETIME NOT NULL, 
	acknowledged_at DATETIME, 
	tries INTEGER NOT NULL, 
	next_try_at DATETIME, 
	error TEXT, 
	error_at DATETIME, identity VARCHAR, 
	CONSTRAINT pk_search_indexes PRIMARY KEY (name)
);
INSERT INTO "search_indexes" VALUES('embedded','2026-11-28 21:56:53.888583','2026-11-28 21:56:55.212619',0,NULL,NULL,NULL,'f8e3b176ff7d48eaa9bdf9388c214703');
INSERT INTO "search_indexes" VALUES('elasticsearch','2026-11-28 21:57:08.258596',NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE source_titles (
	source VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	CONSTRAINT pk_source_titles PRIMARY KEY (source)
);
INSERT INTO "source_titles" VALUES('cnr_anhui','央广网安徽');
CREATE TABLE stories (
	story_id VARCHAR NOT NULL, 
	founder_id INTEGER NOT NULL, 
	original_id INTEGER, 
	revision BIGINT NOT NULL, 
	deleted BOOLEAN NOT NULL, 
	merged_into VARCHAR, 
	article_count INTEGER NOT NULL, 
	reasons JSON NOT NULL, 
	built_at DATETIME NOT NULL, 
	CONSTRAINT pk_stories PRIMARY KEY (story_id)
);
INSERT INTO "stories" VALUES('0ad9897c8a6dfa71',2,2,1795903014237,0,NULL,1,'["the only article"]','2026-11-28 21:56:54.237689');
INSERT INTO "stories" VALUES('472daa43ec25618b',1,1,1795903014237,0,NULL,1,'["the only article"]','2026-11-28 21:56:54.237669');
INSERT INTO "stories" VALUES('9c08a136e3643de2',5,5,1795903014237,0,NULL,1,'["the only article"]','2026-11-28 21:56:54.237728');
INSERT INTO "stories" VALUES('bdca36b62590055d',4,4,1795903014237,0,NULL,1,'["the only article"]','2026-11-28 21:56:54.237716');
INSERT INTO "stories" VALUES('c6cd15bdd839793e',3,3,1795903014237,0,NULL,1,'["the only article"]','2026-11-28 21:56:54.237704');
CREATE TABLE story_articles (
	article_id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	moment BIGINT NOT NULL, 
	length INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	keys BLOB NOT NULL, 
	founder_id INTEGER NOT NULL, 
	CONSTRAINT pk_story_articles PRIMARY KEY (article_id)
);
INSERT INTO "story_articles" VALUES(1,'https://www.cnr.cn/ah/ahxw/20261106/t20261106_527707490.shtml',1793931480,270,'39bd55880addcc364fff3979df4d793e',X'9315F171166D723658F1A41DA0F7F26529EFF94BBA54626DB4C0354EBFE6E36FF7F2C83B921B0D6CE770D83E15CFB172252D815260528003974CE3359E7C0B471D8D4C04AE6C57562A405D5CF8F8F91AD3FA470AA08EDA2FEF58671E51FF04659FEB7818D59EA54629046F5C9D7B532E7026B722379FF25E2B028408F85AC92B309BFD06',1);
INSERT INTO "story_articles" VALUES(2,'https://www.cnr.cn/ah/ahxw/20261110/t20261110_527708540.shtml',1794275280,273,'f9b57965e198dd5e066ed65fca358a5f',X'9F6AE571192A783664B3E41C4FE2CB654F4B304AA794196DE9AC014E2C4FF86F82E9EF3AF3CBBA6C41DB9E3E9B0A0D72C980D95239512203A90C6035B2B81547DBFB7B04189D7156A7DD455C68A1F81AE72A7E0AF937612FE6590A1FBB8AAE65D2559418247B64478941595DE22A6C2E30C58D3612BE106C100ED1229621B0129746A20A',2);
INSERT INTO "story_articles" VALUES(3,'https://www.cnr.cn/ah/ahxw/20261114/t20261114_527700014.shtml',1794615340,377,'86f47fc1c617c90ac503246bffc362f6',X'72188A71960553365853471DD4BA0365A425274B90336E6DD603EB4EFF944C6F75CADC3A18F5D06CE7E93D3E28F90172424FB7524E757A03E0EE8934D3E46647274F42040C9946578C3F1E5DD9529D1A41E24C0AB92E5B2F9B2C541EF69E9765A334B8186028E846E1DCF95DEBDE172EC0E9DE1C3D513576E9E78609DF7BD42A5F7B2B0F',3);
INSERT INTO "story_articles" VALUES(4,'https://www.cnr.cn/ah/ahxw/20261115/t20261115_527707364.shtml',1794715565,252,'aaa750ebba9c83176a4a56c8a6e08923',X'7397A5718F8463365242111D0C1E0D64E48D124BD41CEF6D3FD8544E4C72A96EB29E563B6F712D6C31779B3EBFCB3072C42AB652D4F70C02A234E1353B120247C4B1400458762D5743E4755C859DF21BD9AFD80A71BF692E8741081E1D35BD65EB78D51839DEA1478089C95D80060E2E0844F23ED6ABB473D8A030020844341089AA2D58',4);
INSERT INTO "story_articles" VALUES(5,'https://www.cnr.cn/ah/ahxw/20261106/t20261106_527701967.shtml',1793931840,280,'9917711f5b71137da45f71a7cc5215dd',X'A8AC37715AA17E3643D1E31DA0247B65597E214B3517E56DD6D8274E43E2F66F0AB8E53A218BC96CDBB7C13EBE9D3E72FD58A153734CE503644EFB34C8FE064778738304BC5444572AFB2A5D2A90E61AB40D770A20195F2F1A70C11E594FC965E76779188C4794463F71D25D5962772E9868633F98AD7576289F830198A3360BD1548D70',5);
CREATE TABLE story_keys (
	segment INTEGER NOT NULL, 
	"key" BIGINT NOT NULL, 
	article_id INTEGER NOT NULL, 
	moment BIGINT NOT NULL, 
	CONSTRAINT pk_story_keys PRIMARY KEY (segment, "key", article_id)
)
 WITHOUT ROWID

;
INSERT INTO "story_keys" VALUES(346,25403176,5,1793931840);
INSERT INTO "story_keys" VALUES(346,34404308,4,1794715565);
INSERT INTO "story_keys" VALUES(346,36741336,4,1794715565);
INSERT INTO "story_keys" VALUES(346,52580665,2,1794275280);
INSERT INTO "story_keys" VALUES(346,58357070,3,1794615340);
INSERT INTO "story_keys" VALUES(346,58741344,1,1793931480);
INSERT INTO "story_keys" VALUES(346,65358963,5,1793931840);
INSERT INTO "story_keys" VALUES(346,71348676,4,1794715565);
INSERT INTO "story_keys" VALUES(346,71454503,3,1794615340);
INSERT INTO "story_keys" VALUES(346,72125725,1,1793931480);
INSERT INTO "story_keys" VALUES(346,75234267,2,1794275280);
INSERT INTO "story_keys" VALUES(346,75723640,5,1793931840);
INSERT INTO "story_keys" VALUES(346,117283632,1,1793931480);
INSERT INTO "story_keys" VALUES(346,142869035,1,1793931480);
INSERT INTO "story_keys" VALUES(346,159836137,3,1794615340);
INSERT INTO "story_keys" VALUES(346,172489427,1,1793931480);
INSERT INTO "story_keys" VALUES(346,172810817,3,1794615340);
INSERT INTO "story_keys" VALUES(346,175574452,5,1793931840);
INSERT INTO "story_keys" VALUES(346,176040679,2,1794275280);
INSERT INTO "story_keys" VALUES(346,178407063,2,1794275280);
INSERT INTO "story_keys" VALUES(346,181972953,4,1794715565);
INSERT INTO "story_keys" VALUES(346,188130200,5,1793931840);
INSERT INTO "story_keys" VALUES(346,254507871,3,1794615340);
INSERT INTO "story_keys" VALUES(346,271860744,4,1794715565);
INSERT INTO "story_keys" VALUES(346,313532822,2,1794275280);
INSERT INTO "story_keys" VALUES(346,410577823,1,1793931480);
INSERT INTO "story_keys" VALUES(346,410609639,5,1793931840);
INSERT INTO "story_keys" VALUES(346,412374482,2,1794275280);
INSERT INTO "story_keys" VALUES(346,414725283,3,1794615340);
INSERT INTO "story_keys" VALUES(346,416643307,4,1794715565);
INSERT INTO "story_keys" VALUES(346,446517977,3,1794615340);
INSERT INTO "story_keys" VALUES(346,451317802,5,1793931840);
INSERT INTO "story_keys" VALUES(346,452501864,2,1794275280);
INSERT INTO "story_keys" VALUES(346,452589816,1,1793931480);
INSERT INTO "story_keys" VALUES(346,468884869,4,1794715565);
INSERT INTO "story_keys" VALUES(346,484370880,3,1794615340);
INSERT INTO "story_keys" VALUES(346,484750180,2,1794275280);
INSERT INTO "story_keys" VALUES(346,487670354,4,1794715565);
INSERT INTO "story_keys" VALUES(346,491213656,3,1794615340);
INSERT INTO "story_keys" VALUES(346,497348952,1,1793931480);
INSERT INTO "story_keys" VALUES(346,501469507,5,1793931840);
INSERT INTO "story_keys" VALUES(346,503857543,4,1794715565);
INSERT INTO "story_keys" VALUES(346,508832923,3,1794615340);
INSERT INTO "story_keys" VALUES(346,510089455,1,1793931480);
INSERT INTO "story_keys" VALUES(346,515993626,5,1793931840);
INSERT INTO "story_keys" VALUES(346,520772070,2,1794275280);
INSERT INTO "story_keys" VALUES(346,582428272,1,1793931480);
INSERT INTO "story_keys" VALUES(346,584125968,2,1794275280);
INSERT INTO "story_keys" VALUES(346,718568415,3,1794615340);
INSERT INTO "story_keys" VALUES(346,734616312,1,1793931480);
INSERT INTO "story_keys" VALUES(346,772671104,4,1794715565);
INSERT INTO "story_keys" VALUES(346,773316331,3,1794615340);
INSERT INTO "story_keys" VALUES(346,777223069,1,1793931480);
INSERT INTO "story_keys" VALUES(346,778682225,4,1794715565);
INSERT INTO "story_keys" VALUES(346,778840802,2,1794275280);
INSERT INTO "story_keys" VALUES(346,779575897,5,1793931840);
INSERT INTO "story_keys" VALUES(346,794504889,3,1794615340);
INSERT INTO "story_keys" VALUES(346,794761504,5,1793931840);
INSERT INTO "story_keys" VALUES(346,794900473,2,1794275280);
INSERT INTO "story_keys" VALUES(346,802852512,1,1793931480);
INSERT INTO "story_keys" VALUES(346,881454816,3,1794615340);
INSERT INTO "story_keys" VALUES(346,888884836,5,1793931840);
INSERT INTO "story_keys" VALUES(346,895487145,2,1794275280);
INSERT INTO "story_keys" VALUES(346,903951522,4,1794715565);
INSERT INTO "story_keys" VALUES(346,904088727,1,1793931480);
INSERT INTO "story_keys" VALUES(346,911410582,3,1794615340);
INSERT INTO "story_keys" VALUES(346,912491663,4,1794715565);
INSERT INTO "story_keys" VALUES(346,913468694,1,1793931480);
INSERT INTO "story_keys" VALUES(346,913844761,2,1794275280);
INSERT INTO "story_keys" VALUES(346,914268506,5,1793931840);
INSERT INTO "story_keys" VALUES(346,915260720,2,1794275280);
INSERT INTO "story_keys" VALUES(346,987548277,3,1794615340);
INSERT INTO "story_keys" VALUES(346,988133386,5,1793931840);
INSERT INTO "story_keys" VALUES(346,988801410,2,1794275280);
INSERT INTO "story_keys" VALUES(346,995532466,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1003025143,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1044244967,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1050375985,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1050598209,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1052882907,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1054372071,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1056064520,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1063479448,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1184122764,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1185259221,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1189619808,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1191318075,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1191640776,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1191935134,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1192605874,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1197767460,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1197925587,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1201790521,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1244678991,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1259507172,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1260486233,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1260856740,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1274670889,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1308732649,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1311234262,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1312145588,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1314183231,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1324024790,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1384197413,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1387670212,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1387745090,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1389985993,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1403083005,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1448570030,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1450286360,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1462597208,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1464095932,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1464244492,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1479387785,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1548082599,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1549615146,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1550779433,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1551230019,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1562263436,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1563097898,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1566130569,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1573489024,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1574072639,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1576656097,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1592958775,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1678581260,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1694743252,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1694826321,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1702569120,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1704435446,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1705937595,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1706898717,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1707691865,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1707860559,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1710421920,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1812798354,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1813036562,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1814917487,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1824181235,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1825147681,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1825633560,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1830392999,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1835160762,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1835938704,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1843730229,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1844387028,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1856598604,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1867289855,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1877206719,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1878450755,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1878544172,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1888310481,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1899474088,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1904875634,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1906677619,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1910860447,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1911625107,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1912731944,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1913457307,2,1794275280);
INSERT INTO "story_keys" VALUES(346,1915800511,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1916706238,5,1793931840);
INSERT INTO "story_keys" VALUES(346,1924255509,1,1793931480);
INSERT INTO "story_keys" VALUES(346,1941220310,4,1794715565);
INSERT INTO "story_keys" VALUES(346,1983205693,3,1794615340);
INSERT INTO "story_keys" VALUES(346,1987423640,5,1793931840);
CREATE TABLE story_links (
	article_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	jaccard FLOAT NOT NULL, 
	ours FLOAT NOT NULL, 
	theirs FLOAT NOT NULL, 
	CONSTRAINT pk_story_links PRIMARY KEY (article_id, other_id)
)
 WITHOUT ROWID

;
CREATE INDEX ix_links_due ON links (source, status, next_try_at);
CREATE INDEX ix_pages_canonical_url ON pages (canonical_url);
CREATE INDEX ix_pages_waiting ON pages (source, id) WHERE extracted_at IS NULL;
CREATE INDEX ix_runs_newest ON runs (source, started_at);
CREATE INDEX ix_story_articles_founder_id ON story_articles (founder_id);
CREATE INDEX ix_articles_published_at ON articles (published_at);
CREATE INDEX ix_articles_source ON articles (source);
CREATE INDEX ix_pages_failed ON pages (source, id) WHERE verdict = 'failed';
COMMIT;
