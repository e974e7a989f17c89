//! Country codes (ISO 3166-1), however a country is written.

use super::picked::picked_area;
use crate::gazetteer::{Gazetteer, PlaceKind};

/// Returns the alpha-2 code of a country that is written as a code of two or three letters in any case, or by its name in any
/// language; `None` where it is no country.
///
/// UK and EL, which the European Union writes, are taken for GB and GR.
///
/// ```
/// use wirewatch_recognition::country_code;
///
/// assert_eq!(country_code("uk"), Some("GB"));
/// assert_eq!(country_code("MLI"), Some("ML"));
/// assert_eq!(country_code("Côte d'Ivoire"), Some("CI"));
/// assert_eq!(country_code("XX"), None);
/// ```
pub fn country_code(written: &str) -> Option<&'static str> {
    let written = written.trim();
    let letters = written.bytes().all(|byte| byte.is_ascii_alphabetic());
    match (written.to_ascii_uppercase().as_str(), written.len()) {
        ("UK", _) => Some("GB"),
        ("EL", _) => Some("GR"),
        (code, 2) if letters => Gazetteer::built_in().country(code)?.country,
        (code, 3) if letters && alpha2(code).is_some() => alpha2(code),
        _ => {
            let place = picked_area(written)?.best;
            place.country.filter(|_| place.kind == PlaceKind::Country)
        }
    }
}

/// Returns the alpha-2 code of an alpha-3 code in capitals.
pub(super) fn alpha2(alpha3: &str) -> Option<&'static str> {
    let mut codes = CODES.split_ascii_whitespace();
    codes.find_map(|pair| pair.strip_prefix(alpha3)?.strip_prefix(':'))
}

/// ISO 3166-1:2020, and XKX for Kosovo, which it leaves to users.
const CODES: &str = "\
AFG:AF ALA:AX ALB:AL DZA:DZ ASM:AS AND:AD AGO:AO AIA:AI ATA:AQ ATG:AG ARG:AR ARM:AM ABW:AW AUS:AU AUT:AT AZE:AZ BHS:BS
BHR:BH BGD:BD BRB:BB BLR:BY BEL:BE BLZ:BZ BEN:BJ BMU:BM BTN:BT BOL:BO BES:BQ BIH:BA BWA:BW BVT:BV BRA:BR IOT:IO BRN:BN
BGR:BG BFA:BF BDI:BI CPV:CV KHM:KH CMR:CM CAN:CA CYM:KY CAF:CF TCD:TD CHL:CL CHN:CN CXR:CX CCK:CC COL:CO COM:KM COG:CG
COD:CD COK:CK CRI:CR CIV:CI HRV:HR CUB:CU CUW:CW CYP:CY CZE:CZ DNK:DK DJI:DJ DMA:DM DOM:DO ECU:EC EGY:EG SLV:SV GNQ:GQ
ERI:ER EST:EE SWZ:SZ ETH:ET FLK:FK FRO:FO FJI:FJ FIN:FI FRA:FR GUF:GF PYF:PF ATF:TF GAB:GA GMB:GM GEO:GE DEU:DE GHA:GH
GIB:GI GRC:GR GRL:GL GRD:GD GLP:GP GUM:GU GTM:GT GGY:GG GIN:GN GNB:GW GUY:GY HTI:HT HMD:HM VAT:VA HND:HN HKG:HK HUN:HU
ISL:IS IND:IN IDN:ID IRN:IR IRQ:IQ IRL:IE IMN:IM ISR:IL ITA:IT JAM:JM JPN:JP JEY:JE JOR:JO KAZ:KZ KEN:KE KIR:KI PRK:KP
KOR:KR KWT:KW KGZ:KG LAO:LA LVA:LV LBN:LB LSO:LS LBR:LR LBY:LY LIE:LI LTU:LT LUX:LU MAC:MO MDG:MG MWI:MW MYS:MY MDV:MV
MLI:ML MLT:MT MHL:MH MTQ:MQ MRT:MR MUS:MU MYT:YT MEX:MX FSM:FM MDA:MD MCO:MC MNG:MN MNE:ME MSR:MS MAR:MA MOZ:MZ MMR:MM
NAM:NA NRU:NR NPL:NP NLD:NL NCL:NC NZL:NZ NIC:NI NER:NE NGA:NG NIU:NU NFK:NF MKD:MK MNP:MP NOR:NO OMN:OM PAK:PK PLW:PW
PSE:PS PAN:PA PNG:PG PRY:PY PER:PE PHL:PH PCN:PN POL:PL PRT:PT PRI:PR QAT:QA REU:RE ROU:RO RUS:RU RWA:RW BLM:BL SHN:SH
KNA:KN LCA:LC MAF:MF SPM:PM VCT:VC WSM:WS SMR:SM STP:ST SAU:SA SEN:SN SRB:RS SYC:SC SLE:SL SGP:SG SXM:SX SVK:SK SVN:SI
SLB:SB SOM:SO ZAF:ZA SGS:GS SSD:SS ESP:ES LKA:LK SDN:SD SUR:SR SJM:SJ SWE:SE CHE:CH SYR:SY TWN:TW TJK:TJ TZA:TZ THA:TH
TLS:TL TGO:TG TKL:TK TON:TO TTO:TT TUN:TN TUR:TR TKM:TM TCA:TC TUV:TV UGA:UG UKR:UA ARE:AE GBR:GB USA:US UMI:UM URY:UY
UZB:UZ VUT:VU VEN:VE VNM:VN VGB:VG VIR:VI WLF:WF ESH:EH YEM:YE ZMB:ZM ZWE:ZW XKX:XK";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn every_country_has_one_code_of_three_letters() {
        let pairs: Vec<(&str, &str)> = CODES
            .split_ascii_whitespace()
            .filter_map(|pair| pair.split_once(':'))
            .collect();
        assert_eq!(pairs.len(), 250, "249 of the standard, and Kosovo");
        for country in Gazetteer::built_in().countries() {
            let code = country.country.unwrap();
            let of = pairs.iter().filter(|(_, two)| *two == code);
            assert_eq!(of.count(), 1, "{}", country.name);
        }
        for (what, code, found) in [
            ("Mali", "MLI", Some("ML")),
            ("nobody", "ABC", None),
            ("a part", "ML", None),
        ] {
            assert_eq!(alpha2(code), found, "{what}");
        }
    }
}
