//! Countries that Chinese and Japanese headlines name by one sign: 俄军, 访华, 日美会谈, 英首相. Only beside words that
//! leave no doubt; and longer words that have the name of a country in them: 印度洋, 今日本.

use super::context::{Setting, Standing};
use super::find::{Found, NameId};
use super::resolve::{Candidate, SenseWeights, reading};
use crate::document::Field;
use crate::gazetteer::{Gazetteer, NameKind};
use crate::text::script;

/// What one language writes.
struct Signs {
    countries: &'static [(char, &'static str)],
    /// Behind one sign.
    nouns: &'static [&'static str],
    /// Behind two signs.
    both: &'static [&'static str],
    /// Before one sign that ends a phrase.
    before: &'static [&'static str],
    /// Words that are no country, though its name is in them.
    others: &'static [&'static str],
}

const CHINESE: Signs = Signs {
    countries: &[
        ('中', "CN"),
        ('华', "CN"),
        ('華', "CN"),
        ('美', "US"),
        ('俄', "RU"),
        ('英', "GB"),
        ('法', "FR"),
        ('德', "DE"),
        ('日', "JP"),
        ('韩', "KR"),
        ('韓', "KR"),
        ('朝', "KP"),
        ('印', "IN"),
        ('巴', "PK"),
        ('以', "IL"),
        ('伊', "IR"),
        ('叙', "SY"),
        ('敘', "SY"),
        ('乌', "UA"),
        ('烏', "UA"),
        ('黎', "LB"),
        ('澳', "AU"),
        ('加', "CA"),
        ('越', "VN"),
        ('泰', "TH"),
        ('菲', "PH"),
        ('土', "TR"),
        ('意', "IT"),
        ('埃', "EG"),
        ('沙', "SA"),
        ('台', "TW"),
        ('缅', "MM"),
        ('緬', "MM"),
        ('柬', "KH"),
        ('波', "PL"),
        ('蒙', "MN"),
    ],
    nouns: &[
        "军",
        "軍",
        "总理",
        "總理",
        "总统",
        "總統",
        "央行",
        "外长",
        "外長",
        "外交部",
        "防长",
        "防長",
        "国防部",
        "國防部",
        "首相",
        "国会",
        "國會",
        "议会",
        "議會",
        "媒体",
        "媒體",
        "财长",
        "財長",
        "参议院",
        "众议院",
        "最高法院",
        "联储",
        "聯儲",
        "警方",
        "国务卿",
        "國務卿",
        "国防部长",
        "政府",
        "大使馆",
        "大使館",
        "驻",
        "使馆",
        "国民议会",
        "财政部",
        "商务部",
        "股",
    ],
    both: &[
        "关系",
        "關係",
        "两国",
        "兩國",
        "元首",
        "外长",
        "外長",
        "防长",
        "防長",
        "领导人",
        "領導人",
        "首脑",
        "首腦",
        "边境",
        "邊境",
        "边界",
        "邊界",
        "代表团",
        "代表團",
        "会谈",
        "會談",
        "会晤",
        "會晤",
        "举行",
        "舉行",
        "恢复",
        "恢復",
        "签署",
        "簽署",
        "直航",
        "贸易",
        "貿易",
        "双边",
        "战争",
        "戰爭",
        "冲突",
        "衝突",
        "停火",
        "谈判",
        "談判",
        "峰会",
        "峰會",
        "同意",
        "达成",
        "達成",
        "合作",
        "联合",
        "聯合",
        "同盟",
        "经贸",
        "高层",
        "军方",
        "领袖",
        "領袖",
        "官员",
        "局势",
        "间",
        "总统",
        "总理",
        "对话",
        "就",
        "将",
        "重启",
        "协议",
    ],
    before: &["访", "訪", "驻", "駐", "对", "對", "赴", "抵", "援", "来", "來", "在"],
    others: &[
        "印度洋",
        "今日本",
        "法国梧桐",
        "法國梧桐",
        "俄罗斯方块",
        "俄羅斯方塊",
        "日本海",
        "中国海",
        "中國海",
        "内蒙古",
        "內蒙古",
        "墨西哥湾",
        "墨西哥灣",
        "几内亚湾",
        "幾內亞灣",
        "爱尔兰海",
        "阿拉伯海",
        "菲律宾海",
        "菲律賓海",
        "英国短毛",
        "德国牧羊犬",
        "波斯湾",
        "中国象棋",
    ],
};

const JAPANESE: Signs = Signs {
    countries: &[
        ('米', "US"),
        ('英', "GB"),
        ('仏', "FR"),
        ('独', "DE"),
        ('露', "RU"),
        ('ロ', "RU"),
        ('中', "CN"),
        ('日', "JP"),
        ('韓', "KR"),
        ('朝', "KP"),
        ('豪', "AU"),
        ('印', "IN"),
        ('パ', "PK"),
        ('伊', "IT"),
        ('西', "ES"),
        ('加', "CA"),
        ('比', "PH"),
        ('越', "VN"),
        ('台', "TW"),
    ],
    nouns: &[
        "首相",
        "大統領",
        "軍",
        "政府",
        "中銀",
        "与党",
        "野党",
        "議会",
        "外相",
        "国防相",
        "国防総省",
        "財務相",
        "財務長官",
        "国務長官",
        "下院",
        "上院",
        "首脳",
        "紙",
        "当局",
        "兵",
        "総選挙",
        "連邦",
        "国務省",
        "最高裁",
        "副大統領",
        "外務省",
    ],
    both: &[
        "首脳",
        "関係",
        "外相",
        "会談",
        "両国",
        "国境",
        "の",
        "間",
        "貿易",
        "合意",
        "緊張",
        "が",
        "は",
        "、",
        "対立",
        "協議",
        "国防",
        "防衛",
        "共同",
        "停戦",
        "両政府",
        "同盟",
        "摩擦",
        "経済",
        "閣僚",
        "軍",
        "政府",
    ],
    before: &["訪", "対", "駐", "在"],
    others: &[
        "今日本",
        "日本海",
        "インド洋",
        "メキシコ湾",
        "タイ記録",
        "タイトル",
        "ペルシャ湾",
        "ギニア湾",
        "アラビア海",
        "タイプ",
        "タイム",
    ],
};

/// Adds the countries that signs name, and takes out names inside of longer words.
pub(super) fn add_signs<'t>(
    field: Field,
    setting: &Setting<'t>,
    weights: &SenseWeights,
    candidates: &mut Vec<Candidate<'t>>,
) {
    let signs = match setting.language {
        Some("zh") => &CHINESE,
        Some("ja") => &JAPANESE,
        _ => return,
    };
    let tokens = setting.tokens;
    let stream = &tokens.folded.text;
    let gazetteer = Gazetteer::built_in();
    for (at, token) in tokens.list.iter().enumerate() {
        let run = &stream[token.stream.clone()];
        if !run.starts_with(script::unspaced) {
            continue;
        }
        let mut before = None;
        let mut skip_to = 0;
        for (offset, sign) in run.char_indices() {
            let previous = before.replace(sign);
            if offset < skip_to {
                continue;
            }
            let start = token.stream.start + offset;
            let rest = &run[offset..];
            if let Some(other) = signs.others.iter().find(|other| rest.starts_with(**other)) {
                let end = start + other.len();
                candidates.retain(|one| one.found.start >= end || one.found.end <= start);
                skip_to = offset + other.len();
                continue;
            }
            let Some(named) = signs.named(previous, rest) else {
                continue;
            };
            let width = sign.len_utf8();
            for (number, country) in named.into_iter().flatten().enumerate() {
                let start = start + number * width;
                let end = start + width;
                let taken = candidates
                    .iter()
                    .any(|one| one.found.start < end && start < one.found.end && one.standing.is_place());
                let Some(spot) = gazetteer
                    .country(country)
                    .and_then(|place| gazetteer.spot(place.number))
                else {
                    continue;
                };
                if taken {
                    continue;
                }
                let found = Found {
                    first: at,
                    last: at,
                    start,
                    end,
                    key: stream[start..end].into(),
                    name: NameId::beyond(&format!("sign:{country}")),
                };
                let senses = vec![reading(spot, NameKind::Demonym, weights)];
                candidates.push(Candidate::new(field, found, senses, Standing::Firm));
                skip_to = offset + (number + 1) * width;
            }
        }
    }
}

impl Signs {
    /// The countries that the signs at the beginning of `rest` name: one, or two beside each other.
    fn named(&self, previous: Option<char>, rest: &str) -> Option<[Option<&'static str>; 2]> {
        let mut letters = rest.chars();
        let (first, second) = (letters.next()?, letters.next());
        let one = self.country(first)?;
        let behind = &rest[first.len_utf8()..];
        if previous.is_none()
            && let Some(second) = second
            && let Some(other) = self.country(second).filter(|other| *other != one)
        {
            let behind = &behind[second.len_utf8()..];
            if behind.is_empty() || self.both.iter().any(|word| behind.starts_with(word)) {
                return Some([Some(one), Some(other)]);
            }
        }
        // 以军事手段 is “by military means”; 中军, 华军 are no armies of today.
        let army = |word: &str| matches!(word, "军" | "軍");
        let noun = self.nouns.iter().find(|word| behind.starts_with(**word));
        if let Some(noun) = noun {
            let longer = army(noun) && behind[noun.len()..].starts_with(['事', '人', '备', '備', '队', '隊']);
            let begins = previous.is_none() || (army(noun) && !matches!(first, '中' | '华' | '華' | '加' | '日'));
            if begins && !longer {
                return Some([Some(one), None]);
            }
        }
        let leads = previous.is_some_and(|letter| self.before.iter().any(|word| word.starts_with(letter)));
        let ends = behind.is_empty() || matches!(first, '华' | '華');
        (leads && ends).then_some([Some(one), None])
    }

    fn country(&self, sign: char) -> Option<&'static str> {
        self.countries
            .iter()
            .find(|(one, _)| *one == sign)
            .map(|(_, country)| *country)
    }
}
